/**
 * Where each province stands in a grid of tiles, column and row: every province the same size, near its neighbours. It is no map and draws no
 * border; whoever wants one brings an approved one (`brought-map.ts`).
 */
export const provinceTiles: Readonly<Record<string, readonly [column: number, row: number]>> = {
  '650000': [0, 2],
  '540000': [0, 4],
  '630000': [1, 3],
  '620000': [2, 2],
  '640000': [3, 2],
  '150000': [4, 1],
  '230000': [8, 0],
  '220000': [8, 1],
  '210000': [7, 1],
  '130000': [5, 2],
  '110000': [6, 1],
  '120000': [6, 2],
  '370000': [7, 2],
  '140000': [4, 2],
  '610000': [3, 3],
  '410000': [4, 3],
  '340000': [5, 3],
  '320000': [6, 3],
  '310000': [7, 3],
  '510000': [2, 4],
  '500000': [3, 4],
  '420000': [4, 4],
  '360000': [5, 4],
  '330000': [6, 4],
  '530000': [2, 5],
  '520000': [3, 5],
  '430000': [4, 5],
  '350000': [6, 5],
  '450000': [3, 6],
  '440000': [4, 6],
  '460000': [3, 7],
  '810000': [5, 6],
  '820000': [4, 7],
  '710000': [7, 5],
}

const shortNames: Readonly<Record<string, string>> = { '150000': '内蒙古', '230000': '黑龙江' }

/** A province's name short enough for a tile: `江苏省` -> `江苏`, `Jiangsu Province` -> `Jiangsu`. */
export function shortNameOf(code: string, name: string, language: 'zh' | 'en'): string {
  if (language === 'zh') return shortNames[code] ?? name.slice(0, 2)
  return name.replace(/ (Province|Municipality|Special Administrative Region|.*Autonomous Region)$/, '')
}
