import { expect, it } from 'vitest'
import { bursaryService } from './bursary.testing.ts'
import { sharedPrefixes } from './number-prefixes.ts'
import { openServices } from './services.ts'

const noCases = () => {
  throw new Error('no case is opened here')
}

it('two flows with one prefix are told with their names, before a node would not start', () => {
  const bursary = bursaryService()
  const [flow] = bursary.service.create({ rulebook: bursary.rulebook, cases: noCases }).flows
  const other = {
    ...bursary,
    id: 'other',
    service: {
      ...bursary.service,
      create: () => ({ flows: flow ? [{ ...flow, id: 'other-flow' }] : [], messages: [], routes: [] }),
    },
  }
  expect(sharedPrefixes([bursary])).toEqual([])
  expect(sharedPrefixes([bursary, other])).toEqual([
    `other: the flow other-flow has the number prefix ${flow?.numberPrefix} of the flow ${flow?.id}`,
  ])
})

it('no shipped services share one', async () => {
  expect(sharedPrefixes(await openServices())).toEqual([])
})

it('every shipped service has an item code of its own', async () => {
  const codes = (await openServices()).map(({ id, service }) => `${service.itemCode} ${id}`).sort()
  const shared = codes.filter((each, nth) => codes[nth - 1]?.split(' ')[0] === each.split(' ')[0])
  expect(shared).toEqual([])
})
