import type { ResolvedValues } from '../values.ts'
import type { LiveAnswer, LiveRequest } from './messages.ts'
import { makeShare, type PopulationShare } from './share.ts'

/**
 * The worker's side: give it what arrives, it says what is to be sent. Prices are worked out one at a time; while one is, a newer one replaces
 * it between two stretches of rows.
 */
export function answerRequests(send: (answer: LiveAnswer) => void): (request: LiveRequest) => Promise<void> {
  let share: Promise<PopulationShare> | undefined
  let wanted: { readonly id: number; readonly sets: readonly ResolvedValues[] } | undefined
  let isPricing = false

  const price = async () => {
    if (isPricing || share === undefined) return
    isPricing = true
    const made = await share
    while (wanted !== undefined) {
      const { id, sets } = wanted
      const comparison = await made.price(sets, async () => {
        await messagesHaveArrived()
        return wanted?.id === id
      })
      if (comparison === undefined) continue
      if (wanted?.id === id) wanted = undefined
      send({ told: 'priced', id, comparison })
    }
    isPricing = false
  }

  return async (request) => {
    try {
      if (request.ask === 'make') {
        share = makeShare(request.share)
        await share
        send({ told: 'made' })
      } else if (request.ask === 'price') {
        wanted = request
        await price()
      } else if (share !== undefined) {
        const { id, row } = request
        send({ told: 'person', id, person: (await share).personOf(row) })
      }
    } catch (error) {
      isPricing = false
      send({ told: 'failed', error: String(error) })
    }
  }
}

/** Lets what has been sent meanwhile arrive. A message channel does not wait, as a timer would. */
function messagesHaveArrived(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
