import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostWay, openTestHost, type TestHost } from './hosts.testing.ts'
import { natsIsMissing, startTestNats, type TestNats } from './nats.testing.ts'

const [xinjiang, gansu] = ['650000', '620000'] as const
const listener = fileURLToPath(new URL('./listener.testing.ts', import.meta.url))

let nats: TestNats
let host: TestHost
let child: ChildProcess
const noted: number[] = []
beforeAll(async () => {
  if (natsIsMissing !== false) return
  nats = await startTestNats(1, [xinjiang, gansu], '0.0.0.0')
  host = openTestHost()
  const servers = await Promise.all(nats.servers.map(host.reach))
  const parameters = ['--disable-warning=ExperimentalWarning', listener, gansu, nats.seedOf(gansu), ...servers]
  child = spawn(...host.commandLine(process.execPath, parameters), { stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout?.on('data', (text) => noted.push(...String(text).trim().split('\n').map(Number)))
})
afterAll(async () => {
  child?.kill('SIGKILL')
  host?.close()
  await nats?.stop()
})

describe(`a region whose host is cut off the network, by a ${hostWay}`, () => {
  it.for([
    [3, 'connections do not notice'],
    [35, 'connections are given up on both sides'],
  ] as const)(
    'for %i s (%s): the sender is told that it is unreachable, and afterwards all of it arrives',
    { timeout: 150_000 },
    async ([seconds], { skip }) => {
      if (natsIsMissing !== false) return skip(natsIsMissing)
      const sender = nats.transportOf(xinjiang)
      const send = (byte: number) => sender.send(gansu, Uint8Array.of(byte)).catch(({ code }) => String(code))
      await expect.poll(() => send(seconds), { timeout: 30_000 }).toBe('taken')
      host.cut()
      const bytes = [1, 2, 3].map((number) => seconds + number)
      const sending = Promise.all(bytes.map(send))
      await sleep(seconds * 1000)
      host.heal()
      const receipts = await sending
      if (seconds > 10) expect(receipts).toEqual(bytes.map(() => 'partner_unreachable'))
      for (const byte of bytes) await expect.poll(() => send(byte), { timeout: 60_000 }).toBe('taken')
      expect(noted).toEqual(expect.arrayContaining(bytes))
      await sender.close()
    },
  )
})
