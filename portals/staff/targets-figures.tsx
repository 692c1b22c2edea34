import { Alert, Input, Tag } from 'antd'
import { useState } from 'react'
import { type AnswerOf, defineWords, Link, useSpeech } from '../../kit/door.ts'
import { DataTable, useRegionNames } from '../../kit/staff/door.ts'

const words = defineWords({
  region: { zh: '地区', en: 'Region' },
  period: { zh: '时间', en: 'Period' },
  metric: { zh: '指标', en: 'Metric' },
  printed: { zh: '原文写法', en: 'As printed' },
  shown: { zh: '数值', en: 'Number' },
  requirement: { zh: '出处', en: 'Requirement' },
  source: { zh: '刊期', en: 'Printed in' },
  derived: { zh: '推算值', en: 'Derived' },
  derivedHelp: {
    zh: '由统计数据当场算出，不是报道中的数字；只说“超、近、约”的数不参与推算。',
    en: 'Calculated from the figures, not printed by a text; nothing is derived from a number told only as more than, nearly or about.',
  },
  from: { zh: '由 {ids} 算出', en: 'from {ids}' },
  search: { zh: '在指标中查找', en: 'Find a metric' },
  none: { zh: '没有符合的数据', en: 'No figure fits' },
})

type Figures = AnswerOf<'GET /registers/figures'>
type Figure = Figures['items'][number]
type Derived = Figures['derived'][number]

/** Figures as they were printed beside the number with its qualifier; and what follows from them, marked as derived. */
export function FigureList({ items, derived }: Figures) {
  const { say } = useSpeech()
  const [text, setText] = useState('')
  const regionName = useRegionNames([...items, ...derived].map(({ region }) => region))
  const found = items.filter(({ metric, printed }) =>
    [metric.zh, metric.en, printed].some((each) => each.includes(text)),
  )
  return (
    <div className="staff-stack">
      <Input.Search
        aria-label={say(words.search)}
        placeholder={say(words.search)}
        allowClear
        onChange={({ target }) => setText(target.value.trim())}
        style={{ maxWidth: 320 }}
      />
      {derived.length > 0 && (
        <>
          <Alert type="info" showIcon title={say(words.derivedHelp)} />
          <DataTable<Derived>
            rowKey="id"
            dataSource={derived}
            pagination={false}
            columns={[
              { title: say(words.region), key: 'region', render: (_, { region }) => regionName(region) },
              {
                title: say(words.metric),
                key: 'name',
                render: (_, { name }) => (
                  <>
                    {say(name)} <Tag color="blue">{say(words.derived)}</Tag>
                  </>
                ),
              },
              { title: say(words.shown), key: 'shown', align: 'right', render: (_, { shown }) => say(shown) },
              {
                title: say(words.requirement),
                key: 'from',
                render: (_, { requirement, from }) => (
                  <>
                    {requirement} <span className="staff-quiet">{say(words.from, { ids: from.join(', ') })}</span>
                  </>
                ),
              },
            ]}
          />
        </>
      )}
      <DataTable<Figure>
        rowKey="id"
        dataSource={found}
        emptyText={say(words.none)}
        columns={[
          { title: '#', key: 'id', render: (_, { id }) => <span className="staff-quiet">{id}</span> },
          {
            title: say(words.region),
            key: 'region',
            render: (_, { region, about }) => (about ? say(about) : regionName(region)),
          },
          { title: say(words.period), key: 'period', render: (_, { period }) => say(period) },
          { title: say(words.metric), key: 'metric', render: (_, { metric }) => say(metric) },
          { title: say(words.printed), dataIndex: 'printed' },
          { title: say(words.shown), key: 'shown', align: 'right', render: (_, { shown }) => say(shown) },
          {
            title: say(words.requirement),
            key: 'requirement',
            render: (_, { requirement }) =>
              requirement !== null && (
                <Link to={`/targets?requirement=${requirement.split('.')[0]}`}>{requirement}</Link>
              ),
          },
          { title: say(words.source), dataIndex: 'source' },
        ]}
      />
    </div>
  )
}
