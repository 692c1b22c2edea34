import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Card } from 'antd'
import { defineWords, type ServicePage, useAction, useApi, useSignedIn, useSpeech } from '../../../kit/door.ts'
import {
  DataTable,
  FactList,
  FieldsForm,
  type FieldValues,
  Loaded,
  ProblemAlert,
  StaffPage,
} from '../../../kit/staff/door.ts'
import { cardWords, type ListedOutlet, type OutletList, serviceId } from './words.ts'

const words = defineWords({
  title: { zh: '社保卡网点', en: 'Card outlets' },
  summary: {
    zh: '就近办：每个镇（街道、管委会）都要有即时制卡网点。',
    en: 'Nearby: every township has an outlet that issues at once.',
  },
  covered: {
    zh: '{townships} 个镇（街道、管委会）都有即时制卡网点，共 {instantOutlets} 个',
    en: 'All {townships} townships have an outlet that issues at once; {instantOutlets} in all',
  },
  lacking: { zh: '还没有即时制卡网点：{names}', en: 'Without one that issues at once: {names}' },
  class: { zh: '类别', en: 'Class' },
  a: { zh: 'A类', en: 'A' },
  other: { zh: '其他', en: 'other' },
  makers: { zh: '制卡机', en: 'Machines' },
  staff: { zh: '专职人员', en: 'Staff' },
  itemCount: { zh: '{classes} 类 {items} 项', en: '{items} in {classes} classes' },
  blanks: { zh: '本网点空白卡', en: "This outlet's blank cards" },
  left: { zh: '库存', en: 'Left' },
  delivered: { zh: '入库', en: 'Brought' },
  used: { zh: '已制卡', en: 'Used' },
  spoiled: { zh: '废卡', en: 'Spoiled' },
  returned: { zh: '退库', en: 'Given back' },
  kind: { zh: '登记', en: 'Record' },
  cards: { zh: '张数', en: 'Cards' },
  note: { zh: '说明', en: 'Note' },
  record: { zh: '登记', en: 'Record' },
})

/** The outlets and how far they reach; at an outlet its own blank cards. */
export const page: ServicePage = {
  id: 'card-outlets',
  title: words.title,
  roles: ['bank_officer', 'accept', 'review', 'approve', 'supervisor', 'audit', 'catalogue_admin'],
  order: 41,
  path: '/card-matters/outlets',
  Component: OutletsPage,
}

function OutletsPage() {
  const { say } = useSpeech()
  const { acting } = useSignedIn()
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <CoveragePart />
      {acting?.role === 'bank_officer' && <BlanksPart />}
      <OutletsPart />
    </StaffPage>
  )
}

type Coverage = {
  townships: number
  instantOutlets: number
  isCovered: boolean
  lacking: Array<{ nameZh: string; nameEn: string }>
}

function CoveragePart() {
  const { say, language } = useSpeech()
  const api = useApi()
  const coverage = useQuery({
    queryKey: ['card coverage'],
    queryFn: () => api.get<Coverage>(`/services/${serviceId}/coverage`),
  })
  return (
    <Loaded query={coverage}>
      {({ townships, instantOutlets, isCovered, lacking }) => {
        const names = lacking.map(({ nameZh, nameEn }) => (language === 'zh' ? nameZh : nameEn)).join('、')
        return (
          <Alert
            type={isCovered ? 'success' : 'warning'}
            title={isCovered ? say(words.covered, { townships, instantOutlets }) : say(words.lacking, { names })}
          />
        )
      }}
    </Loaded>
  )
}

type Blanks = { left: number; delivered: number; used: number; spoiled: number; returned: number }

function BlanksPart() {
  const { say } = useSpeech()
  const api = useApi()
  const client = useQueryClient()
  const blanks = useQuery({
    queryKey: ['card blanks'],
    queryFn: () => api.get<Blanks>(`/services/${serviceId}/blanks/own`),
  })
  const move = useAction((body: FieldValues, key) => api.post<Blanks>(`/services/${serviceId}/blanks`, body, key), {
    onSuccess: () => client.invalidateQueries({ queryKey: ['card blanks'] }),
  })
  return (
    <Card size="small" title={say(words.blanks)} style={{ maxWidth: 720 }}>
      <div className="staff-stack">
        <Loaded query={blanks}>
          {(stock) => (
            <FactList
              facts={(['left', 'delivered', 'used', 'spoiled', 'returned'] as const).map((part) => ({
                label: say(words[part]),
                value: stock[part],
              }))}
            />
          )}
        </Loaded>
        <FieldsForm
          fields={[
            {
              name: 'kind',
              kind: 'choice',
              label: words.kind,
              required: true,
              options: (['delivered', 'spoiled', 'returned'] as const).map((value) => ({ value, label: words[value] })),
            },
            { name: 'cards', kind: 'count', label: words.cards, required: true },
            { name: 'note', kind: 'text', label: words.note, required: true },
          ]}
          initial={{ kind: 'delivered' }}
          submitLabel={say(words.record)}
          isSubmitting={move.isPending}
          onSubmit={(values) => move.mutate(values)}
        />
        <ProblemAlert error={move.error} />
      </div>
    </Card>
  )
}

function OutletsPart() {
  const { say } = useSpeech()
  const api = useApi()
  const list = useQuery({
    queryKey: ['card outlets'],
    queryFn: () => api.get<OutletList>(`/services/${serviceId}/outlets`),
  })
  return (
    <Loaded query={list}>
      {({ outlets }) => (
        <DataTable<ListedOutlet>
          rowKey="outletId"
          dataSource={outlets}
          columns={[
            { title: say(cardWords.outlet), dataIndex: 'name' },
            { title: say(cardWords.township), key: 'township', render: (_, row) => say(row.townshipName) },
            { title: say(cardWords.place), key: 'place', render: (_, row) => say(cardWords[row.place]) },
            {
              title: say(cardWords.instant),
              key: 'instant',
              render: (_, row) => say(row.instantIssue ? cardWords.yes : cardWords.no),
            },
            { title: say(words.makers), dataIndex: 'cardMakers' },
            { title: say(words.staff), dataIndex: 'fullTimeStaff' },
            { title: say(words.class), key: 'class', render: (_, row) => say(row.classA ? words.a : words.other) },
            {
              title: say(cardWords.items),
              key: 'items',
              render: (_, { classes, items }) => say(words.itemCount, { classes, items }),
            },
          ]}
        />
      )}
    </Loaded>
  )
}
