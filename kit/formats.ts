import type { Language } from './language.tsx'

/** Fen as yuan with two decimals and thousands separators: 4000000 -> `40,000.00`. Text is for sums beyond safe integers. */
export function formatFen(amountFen: number | string): string {
  const text = String(amountFen)
  const digits = text.replace('-', '').padStart(3, '0')
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${text.startsWith('-') ? '-' : ''}${yuan}.${digits.slice(-2)}`
}

/** An amount with its unit: `40,000.00 元` or `CNY 40,000.00`. */
export function formatYuan(amountFen: number | string, language: Language): string {
  return language === 'zh' ? `${formatFen(amountFen)} 元` : `CNY ${formatFen(amountFen)}`
}

/** Yuan as people type them (`40,000.5`) in whole fen; undefined for what is no amount or has more than two decimals. */
export function parseYuan(text: string): number | undefined {
  const match = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/.exec(text.trim())
  if (!match) return undefined
  const amountFen = Number(`${(match[1] ?? '').replaceAll(',', '')}${(match[2] ?? '').padEnd(2, '0')}`)
  return Number.isSafeInteger(amountFen) ? amountFen : undefined
}

const identityWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Whether it may be an identity number: 18 characters with a right check digit (GB 11643), told while one types. The server decides. */
export function isIdentityNumber(typed: string): boolean {
  const text = typed.trim().toUpperCase()
  if (!/^\d{17}[\dX]$/.test(text)) return false
  const sum = identityWeights.reduce((total, weight, index) => total + weight * Number(text[index]), 0)
  return '10X98765432'[sum % 11] === text[17]
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A business date in words: `2026年3月1日` or `1 Mar 2026`. */
export function formatDate(date: string, language: Language): string {
  const [year, month, day] = date.split('-').map(Number)
  return language === 'zh' ? `${year}年${month}月${day}日` : `${day} ${months[(month ?? 1) - 1]} ${year}`
}

const shanghaiParts = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
})

/** The business date of an instant: the day in Shanghai. */
export function dayInShanghai(instant: string): string {
  return shanghaiParts.format(Date.parse(instant)).slice(0, 10)
}

/** An instant as date and time of day in Shanghai: `2026年3月1日 09:05` or `1 Mar 2026, 09:05`. */
export function formatInstant(instant: string, language: Language): string {
  const [date = '', time = ''] = shanghaiParts.format(Date.parse(instant)).split(' ')
  return `${formatDate(date, language)}${language === 'zh' ? ' ' : ', '}${time}`
}

/** Parts per million as percent without trailing zeros: 55000 -> `5.5%`. */
export function formatRatePpm(ratePpm: number): string {
  return `${ratePpm / 10_000}%`
}

/** Thousandths of a unit: 2500 -> `2.5`. */
export function formatMilli(quantityMilli: number): string {
  return String(quantityMilli / 1000)
}

/** The first day of the month that lies so many months back, this one counted: `2026-05-10` and 12 -> `2025-06-01`. */
export function firstDayMonthsBack(today: string, months: number): string {
  const [year = 0, month = 1] = today.split('-').map(Number)
  const index = year * 12 + month - months
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`
}

/** The last day of a month: `2024-02` -> `2024-02-29`. */
export function lastDayOfMonth(month: string): string {
  const [year = 0, index = 1] = month.split('-').map(Number)
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = index === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(index) ? 30 : 31
  return `${month}-${days}`
}
