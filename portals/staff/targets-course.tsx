import { LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { defineWords, useSpeech } from '../../kit/door.ts'
import type { Target } from './targets-list.tsx'

use([LineChart, GridComponent, TooltipComponent, MarkLineComponent, AriaComponent, SVGRenderer])

const words = defineWords({
  course: { zh: '{indicator}：历次报告与目标', en: '{indicator}: what was reported, and the target' },
  target: { zh: '目标', en: 'target' },
})

/** What was reported of a target from day to day, with the target as a line. The same numbers stand in the table below it. */
export function TargetCourse({ target }: { target: Target }) {
  const { say } = useSpeech()
  const place = useRef<HTMLDivElement>(null)
  const label = say(words.course, { indicator: say(target.indicator) })
  const nameOfLine = say(words.target)
  useEffect(() => {
    if (!place.current) return
    const chart = init(place.current)
    chart.setOption({
      aria: { enabled: true },
      grid: { left: 90, right: 40, top: 24, bottom: 28 },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'time' },
      yAxis: { type: 'value', max: ({ max }: { max: number }) => Math.max(max, Number(target.value)) },
      series: [
        {
          type: 'line',
          data: target.actuals.map(({ on, value, whole }) => [
            on,
            whole === null ? Number(value) : Number(value) / Number(whole),
          ]),
          markLine: { silent: true, symbol: 'none', data: [{ yAxis: Number(target.value), name: nameOfLine }] },
        },
      ],
    })
    const resized = new ResizeObserver(() => chart.resize())
    resized.observe(place.current)
    return () => {
      resized.disconnect()
      chart.dispose()
    }
  }, [target, nameOfLine])
  return <div ref={place} role="img" aria-label={label} className="staff-chart" />
}
