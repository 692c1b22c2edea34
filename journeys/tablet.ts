import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { createInterface } from 'node:readline'
import { chromium, type Page } from 'playwright-core'

/** A tablet of its own: a browser with a profile on the disk, which can be killed and opened again. */
export type Tablet = {
  page: Page
  /** Ends it in the middle of whatever it does (`kill -9`), with all its processes. */
  kill(): Promise<void>
}

/** Opens a browser on a profile; the same profile again is the same tablet. */
export async function openTablet(profile: string, url: string): Promise<Tablet> {
  const child = spawn(
    process.env.CHROMIUM ?? '/usr/bin/chromium',
    [
      ...['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--remote-debugging-port=0'],
      ...[`--user-data-dir=${profile}`, '--window-size=834,1112', 'about:blank'],
    ],
    // A group of its own: a browser is many processes.
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  )
  process.once('exit', () => signalGroup(child))
  const browser = await chromium.connectOverCDP(await debuggerAddress(child))
  const context = browser.contexts()[0]
  if (!context) throw new Error('the browser has no window')
  context.setDefaultTimeout(20_000)
  await context.addCookies([{ name: 'lang', value: 'zh', url }])
  const page = context.pages()[0] ?? (await context.newPage())
  await page.setViewportSize({ width: 834, height: 1112 })
  return {
    page,
    kill: async () => {
      signalGroup(child)
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      await browser.close().catch(() => {})
    },
  }
}

async function debuggerAddress({ stderr }: ChildProcess): Promise<string> {
  if (!stderr) throw new Error('the browser says nothing')
  for await (const line of createInterface(stderr)) {
    const [, address] = /DevTools listening on (\S+)/.exec(line) ?? []
    if (address) return address
  }
  throw new Error('the browser did not start')
}

function signalGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

/** The way between a tablet and the server: whole, cut, or with answers that get lost. */
export type Connection = {
  url: string
  /** Nothing comes through any more, and what is open breaks off. */
  cut(): void
  mend(): void
  /** Requests with this in their address are done by the server, and their answers never arrive. Resolves when the first has been done. */
  loseAnswersTo(part: string): Promise<void>
  close(): Promise<void>
}

/** Lays a connection to a server. */
export async function layConnection(to: string): Promise<Connection> {
  let isCut = false
  let lost: { part: string; done: () => void } | undefined
  const forward = (asked: IncomingMessage, answer: ServerResponse) => {
    if (isCut) {
      asked.socket.destroy()
      return
    }
    const { method, url = '/', headers } = asked
    const onward = request(new URL(url, to), { method, headers }, (said) => {
      if (lost && method === 'POST' && url.includes(lost.part)) {
        said.resume().once('end', lost.done)
        return
      }
      answer.writeHead(said.statusCode ?? 502, said.headers)
      said.pipe(answer)
    })
    onward.once('error', () => asked.socket.destroy())
    asked.pipe(onward)
  }
  const server = createServer(forward)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    cut: () => {
      isCut = true
      server.closeAllConnections()
    },
    mend: () => {
      isCut = false
      lost = undefined
    },
    loseAnswersTo: (part) => {
      isCut = false
      return new Promise((done) => {
        lost = { part, done }
      })
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}
