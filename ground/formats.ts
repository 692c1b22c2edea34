import type { PlainDate } from './clock.ts'

/** Fen as yuan with two decimals and thousands separators: 4000000 -> `40,000.00`. */
export function formatFen(amountFen: number | bigint): string {
  const negative = amountFen < 0
  const digits = String(negative ? -amountFen : amountFen).padStart(3, '0')
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${negative ? '-' : ''}${yuan}.${digits.slice(-2)}`
}

/** An amount with its unit: `40,000.00 元` or `CNY 40,000.00`. */
export function formatYuan(amountFen: number | bigint, language: 'zh' | 'en'): string {
  return language === 'zh' ? `${formatFen(amountFen)} 元` : `CNY ${formatFen(amountFen)}`
}

/** Parts per million as percent without trailing zeros: 55000 -> `5.5%`. */
export function formatRatePpm(ratePpm: number): string {
  return `${ratePpm / 10_000}%`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A date in words: `2026年3月1日` or `1 Mar 2026`. Text that is no date comes back unchanged. */
export function formatPlainDate(date: PlainDate, language: 'zh' | 'en'): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date)
  if (!match) return date
  const [year, month, day] = match.slice(1).map(Number)
  return language === 'zh' ? `${year}年${month}月${day}日` : `${day} ${months[(month ?? 1) - 1]} ${year}`
}

/**
 * Reads an amount in yuan as people write it (`40,000.00`, `40000`, `¥ 12.5`) into whole fen; undefined when it is not one or has more
 * than two decimals.
 */
export function parseYuan(text: string): number | undefined {
  const match = /^[¥￥]?\s*(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?\s*元?$/.exec(text.trim())
  if (!match) return undefined
  const fen = Number((match[2] ?? '').replaceAll(',', '')) * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  if (!Number.isSafeInteger(fen)) return undefined
  return match[1] && fen ? -fen : fen
}
