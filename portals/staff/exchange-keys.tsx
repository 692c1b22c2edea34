import { useQuery } from '@tanstack/react-query'
import { Button, Modal, Popconfirm, Typography } from 'antd'
import { useState } from 'react'
import { defineWords, useAction, useApi, useSignedIn, useSpeech } from '../../kit/door.ts'
import { DataTable, FieldsForm, Loaded, ProblemAlert, useRegionNames } from '../../kit/staff/door.ts'

const words = defineWords({
  title: { zh: '密钥名录', en: 'Directory of keys' },
  none: { zh: '尚未收到全国枢纽的密钥名录', en: 'The hub has not sent a directory yet' },
  waiting: { zh: '待两名工作人员确认的变更', en: 'Changes that wait for two officers' },
  noneWaiting: { zh: '没有待确认的变更', en: 'No change waits' },
  region: { zh: '地区', en: 'Region' },
  fingerprint: { zh: '密钥指纹（SM3）', en: 'Fingerprint (SM3)' },
  from: { zh: '启用', en: 'From' },
  to: { zh: '停用', en: 'To' },
  sinceEver: { zh: '一直', en: 'since ever' },
  open: { zh: '未定', en: 'open' },
  revoked: { zh: '已吊销', en: 'revoked' },
  version: { zh: '第 {version} 版，签发于 {issued}', en: 'Number {version}, issued {issued}' },
  change: { zh: '变更', en: 'Change' },
  add_key: { zh: '登记密钥', en: 'Enter a key' },
  revoke_key: { zh: '吊销密钥', en: 'Revoke a key' },
  reads: { zh: '可读版本', en: 'Versions read' },
  reason: { zh: '原因', en: 'Reason' },
  confirm: { zh: '确认', en: 'Confirm' },
  confirmSecond: { zh: '第二人确认', en: 'Confirm as the second' },
  compare: {
    zh: '已与该地区管理员核对指纹？',
    en: "Have you compared the fingerprint with the region's administrator?",
  },
  revoke: { zh: '申请吊销', en: 'Ask to revoke' },
  rotate: { zh: '更换本地区密钥', en: "Change this region's key" },
  rotateWhy: {
    zh: '新密钥由现密钥签名申报，名录更新后启用，旧密钥再保留一个月。',
    en: 'The new key is announced under the present one and used once the directory has it; the old one holds a month longer.',
  },
})

type Key = { fingerprint: string; from: string | null; to: string | null; revokedAt: string | null }
type Change = {
  id: string
  region: string
  kind: 'add_key' | 'reads' | 'revoke_key'
  fingerprint: string | null
  reason: string | null
  firstOfficer: string | null
}
type Keys = {
  isHub: boolean
  directory: { version: number; issuedAt: string; regions: { region: string; keys: Key[] }[] } | null
  waiting: Change[]
}
type ListedKey = Key & { region: string }

const keepers = ['supervisor', 'control', 'hub_clerk']

/** By which keys the regions know each other; at the hub also who comes in and which key is lost, each decided by two officers. */
export function ExchangeKeys() {
  const { say, moment } = useSpeech()
  const api = useApi()
  const { acting } = useSignedIn()
  const keys = useQuery({ queryKey: ['exchange-keys'], queryFn: () => api.get<Keys>('/exchange/keys') })
  const rotate = useAction((_: null, key) => api.post('/exchange/keys/rotate', undefined, key))
  return (
    <div className="staff-stack">
      <Typography.Title level={2} style={{ fontSize: 18 }}>
        {say(words.title)}
      </Typography.Title>
      <ProblemAlert error={rotate.error} />
      <Loaded query={keys}>
        {({ isHub, directory, waiting }) => (
          <>
            {directory && (
              <Typography.Text>
                {say(words.version, { version: directory.version, issued: moment(directory.issuedAt) })}
              </Typography.Text>
            )}
            <KeyTable regions={directory?.regions ?? []} mayRevoke={isHub && keepers.includes(acting.role)} />
            {isHub && <WaitingChanges changes={waiting} mayConfirm={keepers.includes(acting.role)} />}
            {(acting.role === 'supervisor' || acting.role === 'control') && (
              <Popconfirm title={say(words.rotateWhy)} onConfirm={() => rotate.mutate(null)}>
                <Button>{say(words.rotate)}</Button>
              </Popconfirm>
            )}
          </>
        )}
      </Loaded>
    </div>
  )
}

function KeyTable({ regions, mayRevoke }: { regions: { region: string; keys: Key[] }[]; mayRevoke: boolean }) {
  const { say, moment } = useSpeech()
  const [lost, setLost] = useState<ListedKey>()
  const regionName = useRegionNames(regions.map(({ region }) => region))
  return (
    <>
      <DataTable<ListedKey>
        rowKey="fingerprint"
        dataSource={regions.flatMap(({ region, keys }) => keys.map((key) => ({ ...key, region })))}
        emptyText={say(words.none)}
        columns={[
          { title: say(words.region), key: 'region', render: (_, { region }) => regionName(region) },
          { title: say(words.fingerprint), key: 'key', render: (_, row) => <Fingerprint of={row.fingerprint} /> },
          {
            title: say(words.from),
            key: 'from',
            render: (_, { from }) => (from ? moment(from) : say(words.sinceEver)),
          },
          { title: say(words.to), key: 'to', render: (_, key) => endOf(key) },
          {
            title: '',
            key: 'revoke',
            render: (_, key) =>
              mayRevoke &&
              key.revokedAt === null && (
                <Button size="small" danger onClick={() => setLost(key)}>
                  {say(words.revoke)}
                </Button>
              ),
          },
        ]}
      />
      {lost && <RevocationForm lost={lost} onDone={() => setLost(undefined)} />}
    </>
  )

  function endOf({ to, revokedAt }: Key): string {
    if (revokedAt) return `${say(words.revoked)} ${moment(revokedAt)}`
    return to ? moment(to) : say(words.open)
  }
}

function RevocationForm({ lost, onDone }: { lost: ListedKey; onDone: () => void }) {
  const { say } = useSpeech()
  const api = useApi()
  const revoke = useAction(
    (reason: string, key) => {
      const { region, fingerprint } = lost
      return api.post('/exchange/keys/revoke', { region, fingerprint, reason }, key)
    },
    { onSuccess: onDone },
  )
  return (
    <Modal open title={say(words.revoke)} footer={null} onCancel={onDone}>
      <Fingerprint of={lost.fingerprint} />
      <ProblemAlert error={revoke.error} />
      <FieldsForm
        fields={[{ name: 'reason', label: words.reason, kind: 'long_text', required: true }]}
        submitLabel={say(words.revoke)}
        isSubmitting={revoke.isPending}
        isDangerous
        onSubmit={({ reason }) => revoke.mutate(String(reason))}
      />
    </Modal>
  )
}

function WaitingChanges({ changes, mayConfirm }: { changes: Change[]; mayConfirm: boolean }) {
  const { say } = useSpeech()
  const api = useApi()
  const confirm = useAction((id: string, key) => api.post('/exchange/keys/confirm', { id }, key))
  const regionName = useRegionNames(changes.map(({ region }) => region))
  return (
    <>
      <Typography.Title level={3} style={{ fontSize: 16 }}>
        {say(words.waiting)}
      </Typography.Title>
      <ProblemAlert error={confirm.error} />
      <DataTable<Change>
        rowKey="id"
        dataSource={changes}
        emptyText={say(words.noneWaiting)}
        columns={[
          { title: say(words.region), key: 'region', render: (_, { region }) => regionName(region) },
          { title: say(words.change), key: 'kind', render: (_, { kind }) => say(words[kind]) },
          {
            title: say(words.fingerprint),
            key: 'key',
            render: (_, row) => <Fingerprint of={row.fingerprint ?? '—'} />,
          },
          { title: say(words.reason), key: 'reason', render: (_, { reason }) => reason ?? '—' },
          {
            title: '',
            key: 'confirm',
            render: (_, { id, firstOfficer }) =>
              mayConfirm && (
                <Popconfirm title={say(words.compare)} onConfirm={() => confirm.mutate(id)}>
                  <Button size="small">{say(firstOfficer ? words.confirmSecond : words.confirm)}</Button>
                </Popconfirm>
              ),
          },
        ]}
      />
    </>
  )
}

function Fingerprint({ of }: { of: string }) {
  return (
    <Typography.Text code copyable={{ text: of }}>
      {of.length > 24 ? `${of.slice(0, 24)}…` : of}
    </Typography.Text>
  )
}
