/** How the issues of a series are printed. */
export type Layout = 'bulletin' | 'magazine'

/** A bulletin or magazine that appears again and again. `name` is what its masthead says, without spaces. */
export type Series = { id: string; name: string; layout: Layout }

/** The series that are known by their names; a bulletin of the same layout may be given an id of its own when it is imported. */
export const knownSeries: readonly Series[] = [
  { id: 'nanjing-hrss-express', name: '南京人力资源和社会保障学会信息快报', layout: 'bulletin' },
  { id: 'caijing', name: '财经', layout: 'magazine' },
]

/** What a series is called; its id where its name is not known. */
export function nameOfSeries(id: string): string {
  return knownSeries.find((series) => series.id === id)?.name ?? id
}
