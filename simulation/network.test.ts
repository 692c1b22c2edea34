import { describe, expect, it } from 'vitest'
import { createNetwork, type Fate } from './network.ts'

/** A network between two regions with one fate for every letter, and what the second has heard. */
function between(fate: Fate) {
  const network = createNetwork()
  const heard: string[] = []
  network.transportOf('650000').listen('650000', async (bytes) => {
    heard.push(new TextDecoder().decode(bytes))
    return 'taken'
  })
  network.setWeather(() => fate)
  const send = (text: string) => network.transportOf('320000').send('650000', new TextEncoder().encode(text))
  return { network, heard, send }
}

describe('the network', () => {
  it.each([
    ['arrives', 1, 'taken'],
    ['twice', 2, 'taken'],
    ['answer_lost', 1, 'partner_unreachable'],
    ['lost', 0, 'partner_unreachable'],
    ['kept', 0, 'partner_unreachable'],
  ] as const)('a letter that %s is heard %i times, and its sender hears %s', async (fate, times, answer) => {
    const { heard, send } = between(fate)
    expect(await send('hello').catch(({ code }) => code)).toBe(answer)
    expect(heard).toEqual(Array(times).fill('hello'))
  })

  it('what was kept arrives later, after what was sent later', async () => {
    const { network, heard, send } = between('kept')
    await send('first').catch(() => {})
    network.setWeather(() => 'arrives')
    await send('second')
    const [kept] = network.kept()
    if (kept) await network.arrive(kept)
    expect(heard).toEqual(['second', 'first'])
    expect(network.kept()).toEqual([])
  })

  it('nobody hears a region that is cut off, until it is connected again', async () => {
    const { network, heard, send } = between('arrives')
    network.cut('320000')
    await expect(send('hello')).rejects.toThrow('partner_unreachable')
    network.mend('320000')
    await send('again')
    expect(heard).toEqual(['again'])
  })
})
