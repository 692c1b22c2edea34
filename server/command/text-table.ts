import type { Language } from '../../ground/door.ts'

/** A sum without its unit, which stands once above all of them: fen as yuan. */
export function sumText(sum: bigint, unit: string, language: Language): string {
  if (unit !== 'fen') return grouped(sum, language)
  const [size, sign] = sum < 0n ? [-sum, '-'] : [sum, '']
  return `${sign}${grouped(size / 100n, language)}.${String(size % 100n).padStart(2, '0')}`
}

/** How many, grouped as the language does. */
export function count(rows: number, language: Language): string {
  return grouped(BigInt(rows), language)
}

function grouped(whole: bigint, language: Language): string {
  return whole.toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB')
}

/** Lines of columns under each other, the first `names` of them words and the others figures; a Chinese character takes two places of a terminal. */
export function aligned(rows: readonly (readonly string[])[], names = 1): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, at) => Math.max(widest[at] ?? 0, widthOf(cell))),
    [],
  )
  return rows.map((row) =>
    row
      .map((cell, at) => {
        const space = ' '.repeat((widths[at] ?? 0) - widthOf(cell))
        return at < names ? cell + space : space + cell
      })
      .join('  '),
  )
}

function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (/[\u2E80-\uFFEF]/u.test(character) ? 2 : 1), 0)
}
