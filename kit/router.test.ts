import { describe, expect, it } from 'vitest'
import { matchPath, placeOfAddress } from './router.tsx'

describe('addresses', () => {
  it.each([
    ['/', undefined, 'resident', ''],
    ['/320000', '320000', 'resident', '/320000/resident'],
    ['/320000/resident/card', '320000', 'resident', '/320000/resident'],
    ['/650000/staff', '650000', 'staff', '/650000/staff'],
    ['/320000/workbench', '320000', 'workbench', '/320000/workbench'],
    ['/650000/staffing', '650000', 'resident', '/650000/resident'],
    ['/about', undefined, 'resident', ''],
  ])('%s', (pathname, region, portal, base) => {
    expect(placeOfAddress(pathname)).toEqual({ region, portal, base })
  })

  it.each([
    ['/', '/', {}],
    ['/cases/:caseId', '/cases/17', { caseId: '17' }],
    ['/cases/:caseId', '/cases', undefined],
    ['/cases/:caseId', '/notices/17', undefined],
    ['/find/:text', '/find/%E5%8D%97%E4%BA%AC', { text: '南京' }],
  ])('%s and %s', (pattern, path, params) => {
    expect(matchPath(pattern, path)).toEqual(params)
  })
})
