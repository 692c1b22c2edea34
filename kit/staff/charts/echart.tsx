import type { EChartsOption } from 'echarts'
import { BarChart, HeatmapChart, LineChart, MapChart } from 'echarts/charts'
import { GeoComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from 'echarts/components'
import { type ECharts, init, registerMap, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

use([BarChart, HeatmapChart, LineChart, MapChart])
use([GeoComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent, SVGRenderer])

type ChartProps = {
  option: EChartsOption
  label: string
  heightPixels: number
  /** The map that the option names; registered before it is drawn. */
  map?: { name: string; geoJson: string } | undefined
  /** A click on a mark; its number among the data of its series, and that of the series. */
  onPick: (dataIndex: number, seriesIndex: number) => void
}

/** ECharts in the page. Loaded only by `ChartPanel`, and only where a chart is shown. */
export function EChart({ option, label, heightPixels, map, onPick }: ChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const drawn = useRef<ECharts>(undefined)
  const picked = useRef(onPick)
  picked.current = onPick
  useEffect(() => {
    if (!place.current) return
    const chart = init(place.current)
    drawn.current = chart
    chart.on('click', ({ dataIndex, seriesIndex = 0 }) => picked.current(dataIndex, seriesIndex))
    const resized = new ResizeObserver(() => chart.resize())
    resized.observe(place.current)
    return () => {
      resized.disconnect()
      chart.dispose()
    }
  }, [])
  useEffect(() => {
    if (map) registerMap(map.name, map.geoJson)
    drawn.current?.setOption(option, { notMerge: true })
  }, [option, map])
  return <div ref={place} role="img" aria-label={label} style={{ height: heightPixels }} />
}
