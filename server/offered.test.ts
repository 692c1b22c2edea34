import { describe, expect, it } from 'vitest'
import { isOffered } from './services.ts'

describe('where a service is shown', () => {
  it.each([
    ['of no region of its own: everywhere', undefined, '650000', true],
    ['of the province itself', ['130000'], '130000', true],
    ['of a city, on the node of its province', ['510300'], '510000', true],
    ['of a province, on the node of one of its cities', ['510000'], '510300', true],
    ['of every region, at the hub', ['430000'], '000000', true],
    ['of another province: not', ['430000'], '130000', false],
    ['of one of several regions', ['430000', '640000'], '640000', true],
  ])('%s', (_, regions, node, offered) => {
    expect(isOffered({ ...(regions && { regions }) }, node)).toBe(offered)
  })
})
