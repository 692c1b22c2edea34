import { formatYuan, type Language } from '../../kit/door.ts'

/** A number of cases with separators: `1,000,000`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-GB')
}

/** A part of a whole as percent with one decimal: `12.3%`; nothing of nothing is 0 %. */
export function formatShare(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : (part * 100) / whole
  return percent > 0 && percent < 0.1 ? '<0.1%' : `${percent.toFixed(1)}%`
}

/** A sum of a result in its unit, exact: fen as yuan, anything else as a number. */
export function formatSum(sum: bigint, unit: string, language: Language): string {
  return unit === 'fen' ? formatYuan(String(sum), language) : sum.toLocaleString('en-GB')
}

/** The same with its sign, `+` as well. */
export function formatChange(sum: bigint, unit: string, language: Language): string {
  return signed(sum, formatSum(sum, unit, language))
}

function signed(sum: bigint, text: string): string {
  return sum > 0n ? `+${text}` : text.replace('-', '−')
}

const scales = {
  zh: [
    { size: 1e12, name: '万亿' },
    { size: 1e8, name: '亿' },
    { size: 1e4, name: '万' },
  ],
  en: [
    { size: 1e12, name: 'tn' },
    { size: 1e9, name: 'bn' },
    { size: 1e6, name: 'm' },
    { size: 1e3, name: 'k' },
  ],
} as const

/** A sum short enough for a headline: `1,712.16 亿元`, `CNY 171.2bn`. */
export function formatShort(sum: bigint, unit: string, language: Language): string {
  const amount = Number(sum) / (unit === 'fen' ? 100 : 1)
  const scale = scales[language].find(({ size }) => Math.abs(amount) >= size)
  const figure = (amount / (scale?.size ?? 1)).toLocaleString('en-GB', { maximumFractionDigits: scale ? 2 : 0 })
  const scaled = `${figure}${language === 'zh' && scale ? ' ' : ''}${scale?.name ?? ''}`
  if (unit !== 'fen') return scaled
  if (language === 'en') return `CNY ${scaled}`
  return scale ? `${scaled}元` : `${scaled} 元`
}

/** The same with its sign, `+` as well. */
export function formatShortChange(sum: bigint, unit: string, language: Language): string {
  return signed(sum, formatShort(sum, unit, language))
}

/** A size on an axis, with two digits: `160`, `1.3万`, `13k`. */
export function formatAxis(size: number, unit: string, language: Language): string {
  const amount = unit === 'fen' ? size / 100 : size
  const scale = scales[language].find((each) => amount >= each.size)
  const figure = Number((amount / (scale?.size ?? 1)).toPrecision(2))
  return `${figure.toLocaleString('en-GB', { maximumFractionDigits: 2 })}${scale?.name ?? ''}`
}
