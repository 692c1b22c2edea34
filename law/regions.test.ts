import { describe, expect, it } from 'vitest'
import { findRegion, getRegion, isWithin, prefecturesOf, provinceOf, provinces, regionPath } from './regions.ts'

const codes = (regions: { code: string }[]) => regions.map((region) => region.code)

describe('regions by GB/T 2260', () => {
  it.each([
    ['320102', '玄武区', 'county', ['320102', '320100', '320000']],
    ['320100', '南京市', 'prefecture', ['320100', '320000']],
    ['320000', '江苏省', 'province', ['320000']],
    ['650100', '乌鲁木齐市', 'prefecture', ['650100', '650000']],
    ['652300', '昌吉回族自治州', 'prefecture', ['652300', '650000']],
    ['659001', '石河子市', 'county', ['659001', '650000']],
    ['429004', '仙桃市', 'county', ['429004', '420000']],
    ['310101', '黄浦区', 'county', ['310101', '310000']],
    ['441900', '东莞市', 'prefecture', ['441900', '440000']],
    ['660000', '新疆生产建设兵团', 'province', ['660000']],
    ['000000', '全国', 'nation', ['000000']],
  ])('%s is %s, a %s', (code, name, level, path) => {
    expect(getRegion(code)).toMatchObject({ code, level, name: { zh: name } })
    expect(codes(regionPath(code))).toEqual(path)
  })

  it('marks the code of XPCC as assumed: the standard gives it none', () => {
    expect(getRegion('660000').assumed).toBe(true)
    expect(getRegion('650000').assumed).toBeUndefined()
  })

  it('has an English name for provinces and falls back to Chinese', () => {
    expect(getRegion('620000').name.en).toBe('Gansu')
    expect(getRegion('320102').name.en).toBe('玄武区')
    expect(provinces().filter((region) => region.name.en === region.name.zh)).toEqual([])
  })

  it('refuses an unknown code with its code', () => {
    expect(findRegion('999999')).toBeUndefined()
    expect(() => getRegion('999999')).toThrowError(expect.objectContaining({ code: 'unknown_region' }))
    expect(() => provinceOf('000000')).toThrowError(expect.objectContaining({ code: 'unknown_region' }))
  })

  it('knows what lies in what', () => {
    expect(isWithin('650102', '650100')).toBe(true)
    expect(isWithin('650102', '650000')).toBe(true)
    expect(isWithin('650102', '000000')).toBe(true)
    expect(isWithin('650100', '650100')).toBe(true)
    expect(isWithin('650100', '650102')).toBe(false)
    expect(isWithin('660000', '650000')).toBe(false)
    expect(provinceOf('650102').code).toBe('650000')
  })

  it('counts the prefectures that a province picks its pilots from', () => {
    expect(prefecturesOf('320000')).toHaveLength(13)
    expect(prefecturesOf('620000')).toHaveLength(14)
    expect(prefecturesOf('650000')).toHaveLength(14)
    expect(prefecturesOf('310000')).toEqual([])
    expect(prefecturesOf('660000')).toEqual([])
  })

  it('has 34 provinces of the standard and XPCC', () => {
    expect(provinces()).toHaveLength(35)
  })

  it('has a parent for every region, one level or more above it', () => {
    for (const province of provinces()) {
      for (const prefecture of prefecturesOf(province.code)) expect(prefecture.parent).toBe(province.code)
    }
  })
})
