import { prefecturesOf, provinces, type Region, type RegionCode } from '../../law/door.ts'

const suffix = /(省|市|(壮族|回族|维吾尔)?自治区|特别行政区|地区|盟|(.族)+自治州|自治州)$/
// A title begins with where its news come from, as in 四川自贡：.
const placeMax = 12

/** The province or, where it is said, the prefecture that a title begins with; null where it begins with none. */
export function regionOfTitle(title: string): RegionCode | null {
  const [place = ''] = title.split(/[：:]/)
  if (place === title || place.length > placeMax) return null
  const province = provinces().find((region) => place.startsWith(shortName(region)))
  if (!province) return null
  const rest = place.slice(shortName(province).length)
  const prefecture = prefecturesOf(province.code).find((region) => rest !== '' && rest.startsWith(shortName(region)))
  return (prefecture ?? province).code
}

function shortName({ name }: Region): string {
  return name.zh.replace(suffix, '')
}
