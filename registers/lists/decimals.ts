import { must } from '../../ground/door.ts'

/** A number as a list holds it: written out in decimals, never as a floating-point value. */
export type Decimal = string

const decimalForm = /^(-?)(\d{1,15})(?:\.(\d{1,4}))?$/

/** True for up to fifteen digits, and up to four behind the point. */
export function isDecimal(text: string): boolean {
  return decimalForm.test(text)
}

/** Negative, zero or positive, as `one` is less than, equal to or more than `other`. */
export function compareDecimals(one: Decimal, other: Decimal): number {
  const [left, right] = [tenThousandths(one), tenThousandths(other)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** How `part` of `whole` compares with a share, exactly: 6 of 13 with 0.4. */
export function compareShare(part: Decimal, whole: Decimal, share: Decimal): number {
  const [left, right] = [tenThousandths(part) * 10_000n, tenThousandths(whole) * tenThousandths(share)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** `part` of `whole` to ten thousandths, rounded half up; null where the whole is nothing. */
export function shareOf(part: Decimal, whole: Decimal): Decimal | null {
  const divisor = tenThousandths(whole)
  return divisor <= 0n ? null : written(dividedHalfUp(tenThousandths(part) * 10_000n, divisor))
}

/** `one` less `other`. */
export function subtractDecimals(one: Decimal, other: Decimal): Decimal {
  return written(tenThousandths(one) - tenThousandths(other))
}

/** `part` in parts per million of `whole`, rounded half up; null where the whole is nothing. */
export function sharePpm(part: Decimal, whole: Decimal): number | null {
  const divisor = tenThousandths(whole)
  return divisor <= 0n ? null : Number(dividedHalfUp(tenThousandths(part) * 1_000_000n, divisor))
}

/** `sum` divided by `count`, rounded half up to hundredths; null where there is nothing to divide by. */
export function averageOf(sum: Decimal, count: Decimal): Decimal | null {
  const divisor = tenThousandths(count)
  return divisor <= 0n ? null : written(dividedHalfUp(tenThousandths(sum) * 100n, divisor) * 100n)
}

/** With separators between thousands: `45,200,000`, `32.25`. */
export function groupedDecimal(text: Decimal): string {
  const [whole = '', behind] = text.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return behind === undefined ? grouped : `${grouped}.${behind}`
}

/** A share as per cent: `0.9456` is `94.56%`. */
export function percentOf(share: Decimal): string {
  return `${groupedDecimal(written(tenThousandths(share) * 100n))}%`
}

function tenThousandths(text: Decimal): bigint {
  const [, sign, whole = '', behind = ''] = must(decimalForm.exec(text), `a decimal: ${text}`)
  const size = BigInt(whole) * 10_000n + BigInt(behind.padEnd(4, '0'))
  return sign === '-' ? -size : size
}

function written(count: bigint): Decimal {
  const size = count < 0n ? -count : count
  const behind = String(size % 10_000n)
    .padStart(4, '0')
    .replace(/0+$/, '')
  return `${count < 0n ? '-' : ''}${size / 10_000n}${behind && `.${behind}`}`
}

function dividedHalfUp(size: bigint, divisor: bigint): bigint {
  return (size * 2n + divisor) / (divisor * 2n)
}
