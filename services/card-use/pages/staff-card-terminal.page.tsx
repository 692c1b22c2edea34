import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Space, Switch } from 'antd'
import { useState } from 'react'
import { defineWords, type ServicePage, useAction, useApi, useSpeech, useTeller } from '../../../kit/door.ts'
import {
  DataTable,
  FactList,
  type Field,
  FieldsForm,
  type FieldValues,
  fenColumn,
  Loaded,
  ProblemAlert,
  StaffPage,
} from '../../../kit/staff/door.ts'
import { type RecordedUse, serviceId, useWords } from './words.ts'

const words = defineWords({
  title: { zh: '终端（模拟）', en: 'Card terminal (simulated)' },
  summary: {
    zh: '景区闸机、公交车载机、挂号窗口、药店、大厅和商店的读卡器：读卡号或扫电子社保卡二维码，结果相同。',
    en: 'The reader of a gate, a bus, a hospital window, a pharmacy, a hall or a shop: card number or QR code, the same result.',
  },
  none: { zh: '没有归您管理的终端', en: 'No terminal is yours' },
  terminal: { zh: '终端', en: 'Terminal' },
  medium: { zh: '出示', en: 'Shown' },
  token: { zh: '卡号或二维码内容', en: 'Card number or content of the QR code' },
  kind: { zh: '用途', en: 'What for' },
  authentication: { zh: '认证', en: 'Authentication' },
  pin: { zh: '支付密码（持卡人输入）', en: 'PIN (typed by the holder)' },
  read: { zh: '读卡', en: 'Read' },
  offline: { zh: '脱机：先存在终端，联机后上传', en: 'Without connection: kept in the terminal, uploaded later' },
  waiting: { zh: '终端里有 {count} 笔待上传', en: '{count} wait in the terminal' },
  upload: { zh: '上传', en: 'Upload' },
  account: { zh: '待遇发放账户', en: 'Benefits are paid to' },
  benefits: { zh: '在领待遇', en: 'Benefits' },
  records: { zh: '本次记录', en: 'What was read' },
})

/** The small simulator of terminals: what a reader of cards sends, and what it is told. */
export const page: ServicePage = {
  id: 'card-terminal',
  title: words.title,
  roles: ['employer_officer', 'hospital_office', 'accept'],
  order: 45,
  path: '/card-use/terminal',
  Component: TerminalPage,
}

type Terminal = { terminalId: string; name: string; field: string; paid: string[]; free: string[] }
type Tap = Record<string, unknown> & { serial: string }
type Answer = {
  results: RecordedUse[]
  shown: { accountMasked: string | null; benefits: Array<{ kind: string }> } | null
}

function TerminalPage() {
  const { say } = useSpeech()
  const api = useApi()
  const list = useQuery({
    queryKey: ['card terminals'],
    queryFn: () => api.get<{ terminals: Terminal[]; now: string }>(`/services/${serviceId}/terminals`),
  })
  const [chosenId, setChosenId] = useState<string>()
  // A terminal has a clock; the simulated one goes as the node's.
  const readClock = async () => (await list.refetch({ throwOnError: true })).data?.now ?? ''
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Loaded query={list} isEmpty={({ terminals }) => terminals.length === 0} emptyText={say(words.none)}>
        {({ terminals }) => {
          const chosen = terminals.find(({ terminalId }) => terminalId === chosenId) ?? terminals[0]
          return (
            <div className="staff-stack">
              <Space wrap>
                {terminals.map(({ terminalId, name }) => (
                  <Button
                    key={terminalId}
                    type={terminalId === chosen?.terminalId ? 'primary' : 'default'}
                    onClick={() => setChosenId(terminalId)}
                  >
                    {name}
                  </Button>
                ))}
              </Space>
              {chosen && <Reader key={chosen.terminalId} terminal={chosen} readClock={readClock} />}
            </div>
          )
        }}
      </Loaded>
    </StaffPage>
  )
}

function Reader({ terminal, readClock }: { terminal: Terminal; readClock: () => Promise<string> }) {
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  const api = useApi()
  const [isOffline, setOffline] = useState(false)
  const [waiting, setWaiting] = useState<Tap[]>([])
  const [read, setRead] = useState<RecordedUse[]>([])
  const send = useAction(
    (taps: Tap[], key) =>
      api.post<Answer>(`/services/${serviceId}/terminals/${terminal.terminalId}/taps`, { taps }, key),
    {
      onSuccess: ({ results }) => {
        // What waits leaves the terminal once it has an answer of its own.
        setWaiting((before) => before.filter(({ serial }) => !results.some((result) => result.serial === serial)))
        setRead((before) => [...results.toReversed(), ...before])
      },
    },
  )
  const present = async (values: FieldValues) => {
    const now = await readClock()
    const tap = { ...values, serial: `${now}-${read.length + waiting.length}` }
    if (isOffline) setWaiting([...waiting, { ...tap, tappedAt: now }])
    else send.mutate([tap])
  }
  const [last] = read
  return (
    <>
      <Card size="small" title={terminal.name} style={{ maxWidth: 720 }}>
        <Space style={{ marginBlockEnd: 16 }}>
          <Switch checked={isOffline} onChange={setOffline} aria-label={say(words.offline)} />
          {say(words.offline)}
        </Space>
        <FieldsForm
          fields={fieldsOf(terminal)}
          initial={{ medium: 'card', kind: [...terminal.paid, ...terminal.free][0], authentication: 'none' }}
          submitLabel={say(words.read)}
          isSubmitting={send.isPending}
          onSubmit={present}
        />
        {waiting.length > 0 && (
          <Space>
            {say(words.waiting, { count: waiting.length })}
            <Button onClick={() => send.mutate(waiting)}>{say(words.upload)}</Button>
          </Space>
        )}
        <ProblemAlert error={send.error} />
      </Card>
      {last && (
        <Alert
          type={last.outcome === 'accepted' ? 'success' : 'error'}
          title={say(useWords[last.outcome])}
          description={
            last.reason ? `${tell(last.reason)} ${tell(`${last.reason}.advice`)}` : tell(`choices.${last.kind}`)
          }
        />
      )}
      {send.data?.shown && (
        <FactList
          facts={[
            { label: say(words.account), value: send.data.shown.accountMasked },
            { label: say(words.benefits), value: send.data.shown.benefits.length },
          ]}
        />
      )}
      <Records read={read} />
    </>
  )
}

function fieldsOf({ paid, free }: Terminal): Field[] {
  const kinds = [...paid, ...free]
  return [
    {
      name: 'medium',
      kind: 'choice',
      label: words.medium,
      required: true,
      options: (['card', 'e_card'] as const).map((value) => ({ value, label: useWords[value] })),
    },
    { name: 'token', kind: 'text', label: words.token, required: true },
    {
      name: 'kind',
      kind: 'choice',
      label: words.kind,
      required: true,
      options: kinds.map((value) => ({ value, label: kindWords[value] ?? { zh: value, en: value } })),
    },
    {
      name: 'amountFen',
      kind: 'money',
      label: useWords.amount,
      required: true,
      askedWhen: { field: 'kind', is: paid },
    },
    {
      name: 'authentication',
      kind: 'choice',
      label: words.authentication,
      required: true,
      options: (['none', 'pin', 'face'] as const).map((value) => ({ value, label: authenticationWords[value] })),
    },
    {
      name: 'pin',
      kind: 'secret',
      label: words.pin,
      required: true,
      askedWhen: { field: 'authentication', is: ['pin'] },
    },
  ]
}

const authenticationWords = defineWords({
  none: { zh: '免密', en: 'none' },
  pin: { zh: '密码', en: 'PIN' },
  face: { zh: '刷脸', en: 'face' },
})

const kindWords: Record<string, { zh: string; en: string }> = defineWords({
  ticket: { zh: '购票', en: 'ticket' },
  entry: { zh: '入园', en: 'entry' },
  fare: { zh: '乘车', en: 'bus fare' },
  registration: { zh: '挂号', en: 'registration' },
  visit: { zh: '就诊', en: 'seeing the doctor' },
  medicine: { zh: '购药', en: 'medicine' },
  identification: { zh: '办事身份识别', en: 'identification' },
  benefit_lookup: { zh: '待遇发放查询', en: 'benefit look-up' },
  purchase: { zh: '购物', en: 'purchase' },
  bill: { zh: '生活缴费', en: 'bill' },
})

function Records({ read }: { read: RecordedUse[] }) {
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  if (read.length === 0) return null
  return (
    <Card size="small" title={say(words.records)}>
      <DataTable<RecordedUse>
        rowKey="useId"
        dataSource={read}
        columns={[
          { title: say(useWords.what), key: 'kind', render: (_, { kind }) => tell(`choices.${kind}`) },
          { title: say(words.medium), key: 'medium', render: (_, { medium }) => say(useWords[medium]) },
          fenColumn<RecordedUse>(say(useWords.amount), ({ amountFen }) => amountFen || null),
          {
            title: say(useWords.result),
            key: 'result',
            render: (_, { outcome, reason }) => (reason ? tell(reason) : say(useWords[outcome])),
          },
        ]}
      />
    </Card>
  )
}
