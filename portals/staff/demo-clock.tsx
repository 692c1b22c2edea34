import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Popover, Space } from 'antd'
import { createApi, defineWords, useSpeech } from '../../kit/door.ts'
import { ProblemAlert } from '../../kit/staff/door.ts'

const words = defineWords({
  clock: { zh: '演示时钟', en: 'Demo clock' },
  note: {
    zh: '演示世界有自己的时钟，只能向前拨。拨动后到期的事项会自动办理。',
    en: 'The demo world has its own clock, which only runs forward. What falls due is then done by itself.',
  },
  day: { zh: '后一天', en: 'A day on' },
  week: { zh: '后一周', en: 'A week on' },
  month: { zh: '后一个月', en: 'A month on' },
  quarter: { zh: '到下季度初', en: 'To the next quarter' },
})

const nation = createApi('')

/** The demo world's clock, which may be moved on; nothing outside the demo world. */
export function DemoClock() {
  const { say, moment } = useSpeech()
  const queries = useQueryClient()
  const { data } = useQuery({
    queryKey: ['nodes'],
    queryFn: () => nation.get<{ demo: boolean; now: string }>('/nodes'),
    refetchInterval: 60_000,
  })
  const move = useMutation({
    mutationFn: (to: string) => nation.post<{ now: string }>('/demo/clock', { to }),
    onSuccess: () => queries.invalidateQueries(),
  })
  if (!data?.demo) return null
  const choices = [
    { label: words.day, to: () => later(data.now, { days: 1 }) },
    { label: words.week, to: () => later(data.now, { days: 7 }) },
    { label: words.month, to: () => later(data.now, { months: 1 }) },
    { label: words.quarter, to: () => nextQuarter(data.now) },
  ]
  return (
    <Popover
      trigger="click"
      content={
        <Space orientation="vertical" className="staff-clock">
          <span>{say(words.note)}</span>
          <Space wrap>
            {choices.map(({ label, to }) => (
              <Button key={label.en} size="small" loading={move.isPending} onClick={() => move.mutate(to())}>
                {say(label)}
              </Button>
            ))}
          </Space>
          <ProblemAlert error={move.error} />
        </Space>
      }
    >
      <Button type="text" className="staff-demo-clock">
        {say(words.clock)} {moment(data.now)}
      </Button>
    </Popover>
  )
}

function later(instant: string, { days = 0, months = 0 }: { days?: number; months?: number }): string {
  const date = new Date(instant)
  date.setUTCMonth(date.getUTCMonth() + months)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString()
}

/** Nine in the morning in Shanghai on the first day of the quarter after an instant. */
function nextQuarter(instant: string): string {
  const date = new Date(instant)
  const month = Math.floor(date.getUTCMonth() / 3) * 3 + 3
  return new Date(Date.UTC(date.getUTCFullYear(), month, 1, 1)).toISOString()
}
