import { describe, expect, it } from 'vitest'
import { findPoolingArea, poolingAreaOf, poolingAreasOn } from './pooling-areas.ts'

describe('pooling areas are records of their own', () => {
  it.each([
    ['a district of Nanjing', '320102', 'work-injury-nanjing'],
    ['Nanjing', '320100', 'work-injury-nanjing'],
    ['Lanzhou pools with all of Gansu (A2.01)', '620100', 'work-injury-gansu'],
    ['so does Tianshui', '620502', 'work-injury-gansu'],
    ['Urumqi', '650100', 'work-injury-xinjiang'],
    ['the Corps pools by itself', '660000', 'work-injury-xpcc'],
  ])('%s', (_, region, id) => {
    expect(poolingAreaOf(region, 'work_injury', '2026-05-11').id).toBe(id)
  })

  it('an area that covers a city does not cover its province', () => {
    expect(findPoolingArea('320000', 'work_injury', '2026-05-11')).toBeUndefined()
  })

  it('exists from its first day', () => {
    expect(findPoolingArea('620100', 'work_injury', '2003-12-31')).toBeUndefined()
    expect(findPoolingArea('620100', 'work_injury', '2004-01-01')?.provincialPooling).toBe(true)
  })

  it('is refused where none is recorded', () => {
    expect(() => poolingAreaOf('110101', 'work_injury', '2026-05-11')).toThrowError(
      expect.objectContaining({ code: 'pooling_area_unknown' }),
    )
    expect(() => poolingAreaOf('320100', 'medical', '2026-05-11')).toThrowError(
      expect.objectContaining({ code: 'pooling_area_unknown' }),
    )
  })

  it('says its source, and where the level of pooling is assumed', () => {
    const areas = poolingAreasOn('work_injury', '2026-05-11')
    expect(areas.every((area) => area.source !== '')).toBe(true)
    expect(areas.filter((area) => !area.assumed).map((area) => area.id)).toEqual(['work-injury-gansu'])
  })
})
