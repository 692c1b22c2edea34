import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { defineWords, type ServicePage, useApi, useSignedIn, useSpeech } from '../../../kit/door.ts'
import { DataTable, dayColumn, Loaded, StaffPage, useRegionNames } from '../../../kit/staff/door.ts'
import { servicePath, useServiceTeller } from './staff-service.ts'
import { serviceWords } from './staff-words.ts'

const words = defineWords({
  title: { zh: '外地参保人员备案', en: 'Filings of people insured elsewhere' },
  summary: { zh: '参保地告知的备案，以卡号识别。', en: 'Filings that insured places told us of, by card number.' },
  card: { zh: '社保卡号', en: 'Card number' },
  filing: { zh: '备案编号', en: 'Filing' },
  filingClass: { zh: '类型', en: 'Class' },
  from: { zh: '起', en: 'From' },
  to: { zh: '止', en: 'To' },
  openEnded: { zh: '长期', en: 'until cancelled' },
  state: { zh: '状态', en: 'State' },
  effective: { zh: '有效', en: 'effective' },
  ended: { zh: '已终止', en: 'ended' },
  none: { zh: '没有备案', en: 'No filings' },
})

type VisitingFiling = {
  insuredRegion: string
  filingNumber: string
  cardNumber: string
  filingClass: string
  treatmentRegion: string
  validFrom: string
  validTo: string | null
  state: 'effective' | 'ended'
}

function VisitingFilingsPage() {
  const speech = useSpeech()
  const { say, day } = speech
  const api = useApi()
  const { acting } = useSignedIn()
  const { choice } = useServiceTeller()
  const [card, setCard] = useState<string>()
  const filings = useQuery({
    queryKey: ['visiting-filings', card],
    queryFn: () => api.get<{ rows: VisitingFiling[] }>(`${servicePath}/visiting-filings`, { card }),
    // A hospital asks by card only.
    enabled: acting.kind === 'staff' || card !== undefined,
  })
  const codes = filings.data?.rows.flatMap(({ insuredRegion, treatmentRegion }) => [insuredRegion, treatmentRegion])
  const regionName = useRegionNames(codes ?? [])
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Input.Search
        aria-label={say(words.card)}
        placeholder={say(words.card)}
        onSearch={(typed) => setCard(typed.trim().length < 4 ? undefined : typed.trim())}
        allowClear
        style={{ maxWidth: 320 }}
      />
      {filings.isEnabled && (
        <Loaded query={filings}>
          {({ rows }) => (
            <DataTable<VisitingFiling>
              rowKey={({ insuredRegion, filingNumber }) => `${insuredRegion} ${filingNumber}`}
              dataSource={rows}
              emptyText={say(words.none)}
              columns={[
                { title: say(words.filing), dataIndex: 'filingNumber' },
                { title: say(words.card), dataIndex: 'cardNumber' },
                {
                  title: say(serviceWords.insuredRegion),
                  key: 'insured',
                  render: (_, { insuredRegion }) => regionName(insuredRegion),
                },
                {
                  title: say(serviceWords.treatmentRegion),
                  key: 'treatment',
                  render: (_, { treatmentRegion }) => regionName(treatmentRegion),
                },
                { title: say(words.filingClass), key: 'class', render: (_, row) => choice(row.filingClass) },
                dayColumn(say(words.from), ({ validFrom }) => validFrom, speech),
                {
                  title: say(words.to),
                  key: 'to',
                  render: (_, { validTo }) => (validTo === null ? say(words.openEnded) : day(validTo)),
                },
                { title: say(words.state), key: 'state', render: (_, { state }) => say(words[state]) },
              ]}
            />
          )}
        </Loaded>
      )}
    </StaffPage>
  )
}

/** Filings of visitors, as their insured places told. */
export const page: ServicePage = {
  id: 'work-injury-visiting-filings',
  title: words.title,
  roles: ['hospital_office', 'accept', 'audit', 'supervisor'],
  order: 35,
  path: '/work-injury/visiting-filings',
  Component: VisitingFilingsPage,
}
