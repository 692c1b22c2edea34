import type { EChartsOption } from 'echarts'
import { useMemo } from 'react'
import { useColour } from '../../colour.ts'

/** The inks of a chart, light or dark: neighbours differ in lightness too, and each keeps 3 to 1 against the paper. */
export type ChartLook = {
  series: readonly string[]
  /** From little to much. */
  scale: readonly [string, string]
  ink: string
  quiet: string
  line: string
  paper: string
}

/** A chart as data; `look` has its colours. */
export type ChartOption = (look: ChartLook) => EChartsOption

const light: ChartLook = {
  series: ['#0b5394', '#c26a12', '#17693a', '#8a3ffc', '#a8201a'],
  scale: ['#d3e3f3', '#0b5394'],
  ...{ ink: '#1d2935', quiet: '#4a5868', line: '#c8d1da', paper: '#ffffff' },
}
const dark: ChartLook = {
  series: ['#7db8f5', '#f2b263', '#74cf97', '#c7a8ff', '#ff9a92'],
  scale: ['#22384d', '#8fc1f5'],
  ...{ ink: '#e8edf2', quiet: '#b3bfca', line: '#3a4753', paper: '#1b242d' },
}

/** The colours of the page as it is now. */
export function useChartLook(): ChartLook {
  const { isDark } = useColour()
  return isDark ? dark : light
}

/** A chart with what all charts have alike: large type in the page's own font, room for labels, nothing that moves. */
export function useChartOption(chart: ChartOption): EChartsOption {
  const look = useChartLook()
  return useMemo(() => {
    const text = { color: look.ink, fontSize: 14, fontFamily: getComputedStyle(document.body).fontFamily }
    const axis = {
      axisLabel: { ...text, color: look.quiet, hideOverlap: true },
      axisLine: { lineStyle: { color: look.line } },
      splitLine: { lineStyle: { color: look.line } },
      nameTextStyle: { ...text, color: look.quiet, align: 'left' },
    } as const
    const option = chart(look)
    return {
      animation: false,
      color: [...look.series],
      textStyle: text,
      tooltip: { backgroundColor: look.paper, borderColor: look.line, textStyle: text, confine: true },
      grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
      ...option,
      ...('xAxis' in option && { xAxis: { ...axis, ...option.xAxis } }),
      ...('yAxis' in option && { yAxis: { ...axis, ...option.yAxis } }),
      ...('legend' in option && { legend: { textStyle: text, top: 0, ...option.legend } }),
    }
  }, [chart, look])
}
