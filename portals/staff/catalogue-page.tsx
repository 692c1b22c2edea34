import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { defineWords, useApi, useSpeech } from '../../kit/door.ts'
import { DataTable, dayColumn, fenColumn, ProblemAlert, StaffPage } from '../../kit/staff/door.ts'

const words = defineWords({
  title: { zh: '目录', en: 'Catalogue' },
  summary: {
    zh: '本地区今天有效的条目及限价、限量；没有本地条目的用上一级。',
    en: 'Entries in force today with their price and quantity limits; where there is none, the level above holds.',
  },
  kind: { zh: '类别', en: 'Kind' },
  all: { zh: '全部类别', en: 'All kinds' },
  item: { zh: '诊疗项目', en: 'treatment items' },
  drug: { zh: '药品', en: 'drugs' },
  rehab_item: { zh: '康复项目', en: 'rehabilitation items' },
  device: { zh: '辅助器具', en: 'devices' },
  service_standard: { zh: '住院服务标准', en: 'service standards' },
  text: { zh: '编码或名称', en: 'code or name' },
  code: { zh: '编码', en: 'Code' },
  name: { zh: '名称', en: 'Name' },
  unit: { zh: '单位', en: 'Unit' },
  priceLimit: { zh: '限价（元）', en: 'Price limit (CNY)' },
  quantityLimit: { zh: '每次住院限量', en: 'Most per stay' },
  from: { zh: '起', en: 'From' },
  to: { zh: '止', en: 'To' },
  source: { zh: '依据', en: 'Source' },
  more: { zh: '再看 50 条', en: '50 more' },
})

const kinds = ['item', 'drug', 'rehab_item', 'device', 'service_standard'] as const
type Kind = (typeof kinds)[number]
type Entry = {
  id: string
  kind: Kind
  code: string
  nameZh: string
  nameEn?: string
  unit: string
  priceLimitFen?: number
  quantityLimit?: number
  from: string
  to?: string
  source: string
}
type Page = { items: Entry[]; next: { kind: Kind; code: string } | null }

/** The catalogue in force today. */
export function CataloguePage() {
  const speech = useSpeech()
  const { say, language } = speech
  const api = useApi()
  const [kind, setKind] = useState<Kind>()
  const [text, setText] = useState<string>()
  const entries = useInfiniteQuery({
    queryKey: ['catalogue', kind, text],
    queryFn: ({ pageParam }) =>
      api.get<Page>('/registers/catalogue', { kind, text, afterKind: pageParam?.kind, afterCode: pageParam?.code }),
    initialPageParam: null as Page['next'],
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <div className="staff-filters">
        <Select
          aria-label={say(words.kind)}
          value={kind ?? ''}
          onChange={(chosen) => setKind(kinds.find((each) => each === chosen))}
          options={[
            { value: '', label: say(words.all) },
            ...kinds.map((value) => ({ value, label: say(words[value]) })),
          ]}
          style={{ minWidth: 160 }}
        />
        <Input.Search
          aria-label={say(words.text)}
          placeholder={say(words.text)}
          onSearch={(typed) => setText(typed.trim() || undefined)}
          allowClear
          style={{ maxWidth: 280 }}
        />
      </div>
      <ProblemAlert error={entries.error} />
      <DataTable<Entry>
        rowKey="id"
        loading={entries.isPending}
        pagination={false}
        dataSource={entries.data?.pages.flatMap(({ items }) => items) ?? []}
        columns={[
          { title: say(words.code), dataIndex: 'code' },
          {
            title: say(words.name),
            key: 'name',
            render: (_, { nameZh, nameEn }) => (language === 'en' && nameEn ? nameEn : nameZh),
          },
          { title: say(words.kind), key: 'kind', render: (_, row) => say(words[row.kind]) },
          { title: say(words.unit), dataIndex: 'unit' },
          fenColumn(say(words.priceLimit), ({ priceLimitFen }) => priceLimitFen ?? null),
          {
            title: say(words.quantityLimit),
            key: 'quantity',
            align: 'right',
            render: (_, row) => row.quantityLimit ?? '—',
          },
          dayColumn(say(words.from), ({ from }) => from, speech),
          dayColumn(say(words.to), ({ to }) => to ?? null, speech),
          { title: say(words.source), dataIndex: 'source' },
        ]}
      />
      {entries.hasNextPage && (
        <Button onClick={() => void entries.fetchNextPage()} loading={entries.isFetchingNextPage}>
          {say(words.more)}
        </Button>
      )}
    </StaffPage>
  )
}
