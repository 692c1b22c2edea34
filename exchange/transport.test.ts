import { describe, expect, it } from 'vitest'
import { createInProcessTransport } from './transport.ts'

describe('the transport within a process', () => {
  it('never passes anything on within the sender’s turn, and passes copies', async () => {
    const transport = createInProcessTransport()
    const received: Uint8Array[] = []
    transport.listen('320000', async (bytes) => {
      received.push(bytes)
      return 'taken'
    })
    const bytes = Uint8Array.of(1, 2, 3)
    const sending = transport.send('320000', bytes)
    expect(received).toEqual([])
    bytes[0] = 9
    expect(await sending).toBe('taken')
    expect(received).toEqual([Uint8Array.of(1, 2, 3)])
  })

  it('a partner who does not listen, or not any more, or is cut off, is unreachable', async () => {
    const transport = createInProcessTransport({ delay: () => 1 })
    const send = () => transport.send('320000', Uint8Array.of(1))
    const unreachable = { code: 'partner_unreachable', params: { region: '320000' } }
    await expect(send()).rejects.toMatchObject(unreachable)
    const stop = transport.listen('320000', async () => 'refused')
    expect(await send()).toBe('refused')
    transport.setReachable('320000', false)
    await expect(send()).rejects.toMatchObject(unreachable)
    transport.setReachable('320000', true)
    expect(await send()).toBe('refused')
    stop()
    await expect(send()).rejects.toMatchObject(unreachable)
  })

  it('a partner who fails gives no answer', async () => {
    const transport = createInProcessTransport()
    transport.listen('320000', () => Promise.reject(new Error('disk full')))
    await expect(transport.send('320000', Uint8Array.of(1))).rejects.toMatchObject({ code: 'partner_failed' })
  })
})
