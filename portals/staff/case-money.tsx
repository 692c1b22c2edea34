import { useQuery } from '@tanstack/react-query'
import { Tag } from 'antd'
import { type CaseView, defineWords, useApi, useSpeech, useTeller } from '../../kit/door.ts'
import { DataTable, dayColumn, fenColumn, Loaded, useRegionNames } from '../../kit/staff/door.ts'
import { useAccountNames } from './account-names.ts'

const words = defineWords({
  on: { zh: '日期', en: 'Date' },
  memo: { zh: '摘要', en: 'Memo' },
  entries: { zh: '分录', en: 'Entries' },
  amount: { zh: '金额（元）', en: 'Amount (CNY)' },
  debit: { zh: '借', en: 'Dr' },
  credit: { zh: '贷', en: 'Cr' },
  noTransfers: { zh: '本节点没有本件的账务', en: 'No postings of this case on this node' },
  sent: { zh: '发出', en: 'sent' },
  received: { zh: '收到', en: 'received' },
  direction: { zh: '方向', en: 'Direction' },
  partner: { zh: '对方', en: 'Partner' },
  kind: { zh: '消息', en: 'Message' },
  state: { zh: '状态', en: 'State' },
  at: { zh: '时间', en: 'Time' },
  noMessages: { zh: '没有往来消息', en: 'No messages' },
  waiting: { zh: '待送达', en: 'waiting' },
  delivered: { zh: '已送达', en: 'delivered' },
  refused: { zh: '被拒收', en: 'refused' },
  done: { zh: '已处理', en: 'handled' },
  failed: { zh: '处理失败', en: 'failed' },
})

/** A transfer with its entries, in fen. */
type Transfer = {
  id: string
  on: string
  kind: string
  memo: { code: string; params?: Record<string, string | number | boolean | null> }
  totalFen: number
  entries: Array<{ no: number; account: string; party: string | null; side: 'debit' | 'credit'; amountFen: number }>
}

/** The postings of a case. */
export function CaseTransfers({ view }: { view: CaseView }) {
  const speech = useSpeech()
  const { say, yuan } = speech
  const api = useApi()
  const { tell } = useTeller(view.file.service)
  const transfers = useQuery({
    queryKey: ['transfers', view.file.id, view.file.seq],
    queryFn: () => api.get<{ items: Transfer[] }>('/ledger/transfers', { caseId: view.file.id }),
  })
  const accountName = useAccountNames(
    transfers.data?.items.flatMap(({ entries }) => entries.map(({ party }) => party)) ?? [],
  )
  return (
    <Loaded query={transfers}>
      {({ items }) => (
        <DataTable<Transfer>
          rowKey="id"
          dataSource={items}
          emptyText={say(words.noTransfers)}
          columns={[
            dayColumn(say(words.on), ({ on }) => on, speech),
            { title: say(words.memo), key: 'memo', render: (_, { memo }) => tell(memo.code, memo.params) },
            {
              title: say(words.entries),
              key: 'entries',
              render: (_, { entries }) =>
                entries.map(({ no, side, account, party, amountFen }) => (
                  <div key={no}>
                    {say(words[side])} {accountName(account, party)} {yuan(amountFen)}
                  </div>
                )),
            },
            fenColumn(say(words.amount), ({ totalFen }) => totalFen),
          ]}
        />
      )}
    </Loaded>
  )
}

/** A message between regions as this node knows it. */
type Message = {
  id: string
  direction: 'sent' | 'received'
  partner: string
  kind: string
  sentAt: string
  state: string
  code: string | null
  params: Record<string, string | number | boolean | null> | null
}

/** The messages that this node sent and received about a case. */
export function CaseMessages({ view }: { view: CaseView }) {
  const { say, moment } = useSpeech()
  const api = useApi()
  const { find } = useTeller(view.file.service)
  const messages = useQuery({
    queryKey: ['messages-about', view.file.number, view.file.seq],
    queryFn: () => api.get<{ items: Message[] }>('/exchange/messages', { about: view.file.number }),
  })
  const regionName = useRegionNames(messages.data?.items.map(({ partner }) => partner) ?? [])
  const stateWords: Record<string, string> = {
    waiting: say(words.waiting),
    delivered: say(words.delivered),
    refused: say(words.refused),
    done: say(words.done),
    failed: say(words.failed),
  }
  return (
    <Loaded query={messages}>
      {({ items }) => (
        <DataTable<Message>
          rowKey={({ id, direction }) => `${direction} ${id}`}
          dataSource={items}
          emptyText={say(words.noMessages)}
          columns={[
            { title: say(words.direction), key: 'direction', render: (_, { direction }) => say(words[direction]) },
            { title: say(words.partner), key: 'partner', render: (_, { partner }) => regionName(partner) },
            { title: say(words.kind), key: 'kind', render: (_, { kind }) => find(`message.${kind}`) ?? kind },
            {
              title: say(words.state),
              key: 'state',
              render: (_, { state, code, params }) => (
                <>
                  <Tag color={state === 'failed' || state === 'refused' ? 'red' : 'default'}>
                    {stateWords[state] ?? state}
                  </Tag>
                  {code && (find(code, params ?? {}) ?? code)}
                </>
              ),
            },
            { title: say(words.at), key: 'at', render: (_, { sentAt }) => moment(sentAt) },
          ]}
        />
      )}
    </Loaded>
  )
}
