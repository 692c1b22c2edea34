import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Input, Popconfirm, Space } from 'antd'
import { useState } from 'react'
import { type Assignment, commonWords, defineWords, useAction, useApi, useSignedIn, useSpeech } from '../../kit/door.ts'
import { DataTable, dayColumn, type Field, FieldsForm, Loaded, ProblemAlert, StaffPage } from '../../kit/staff/door.ts'
import { useRoles, useRoleTitles } from './roles.ts'

const words = defineWords({
  title: { zh: '账号与岗位', en: 'Accounts and posts' },
  summary: {
    zh: '同一人不得同时持有互斥岗位；授予时和办理时都会拒绝，数据库同样拒绝。',
    en: 'Nobody may hold two posts that exclude each other: refused when it is given, when it is used, and by the database.',
  },
  find: { zh: '按登录名查找', en: 'Find by login' },
  login: { zh: '登录名', en: 'Login' },
  name: { zh: '姓名', en: 'Name' },
  newAccount: { zh: '建立账号', en: 'New account' },
  posts: { zh: '“{name}”今天的岗位', en: 'Posts of {name} today' },
  noPosts: { zh: '今天没有岗位', en: 'No post today' },
  give: { zh: '授予岗位', en: 'Give a post' },
  role: { zh: '岗位', en: 'Post' },
  body: { zh: '机构', en: 'Body' },
  agencyCode: { zh: '经办机构（行政区划）', en: 'Agency (region)' },
  institution: { zh: '医疗机构', en: 'Institution' },
  employer: { zh: '单位统一社会信用代码或名称', en: 'Employer, by credit code or name' },
  from: { zh: '起', en: 'From' },
  to: { zh: '止（含）', en: 'To (included)' },
  end: { zh: '今天终止', en: 'End today' },
  sureEnd: { zh: '该岗位从明天起失效。确定？', en: 'The post ends with today. End it?' },
  excludes: { zh: '该岗位与下列岗位互斥', en: 'This post excludes' },
  heldClash: {
    zh: '此人已持有“{held}”，与所选岗位互斥，授予会被拒绝。',
    en: 'This user holds “{held}”, which excludes the chosen post; giving it will be refused.',
  },
  pairs: { zh: '互斥岗位表', en: 'Posts that exclude each other' },
  first: { zh: '岗位', en: 'Post' },
  second: { zh: '互斥的岗位', en: 'Excluded post' },
  source: { zh: '依据', en: 'Source' },
  choose: { zh: '选择', en: 'Choose' },
  nobody: { zh: '没有找到账号', en: 'No such account' },
})

type User = { userId: string; login: string; displayName: string }

/** Accounts and their posts: find or make an account, give and end posts, with the pairs that exclude each other. */
export function AssignmentsPage() {
  const { say } = useSpeech()
  const [user, setUser] = useState<User>()
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <div className="staff-sides">
        <Space orientation="vertical" style={{ width: '100%' }}>
          <FindUser onChoose={setUser} />
          <NewAccount onMade={setUser} />
        </Space>
        {user && <UserPosts key={user.userId} user={user} />}
      </div>
      <ExclusivePairs />
    </StaffPage>
  )
}

function FindUser({ onChoose }: { onChoose: (user: User) => void }) {
  const { say } = useSpeech()
  const api = useApi()
  const [text, setText] = useState('')
  const users = useQuery({
    queryKey: ['user', text],
    queryFn: () => api.get<{ items: User[] }>('/users', { login: text }),
    enabled: text !== '',
  })
  return (
    <Card size="small" title={say(words.find)}>
      <Input.Search aria-label={say(words.find)} onSearch={(typed) => setText(typed.trim())} enterButton allowClear />
      {text !== '' && (
        <Loaded query={users}>
          {({ items }) => (
            <DataTable<User>
              rowKey="userId"
              dataSource={items}
              emptyText={say(words.nobody)}
              columns={[
                { title: say(words.login), dataIndex: 'login' },
                { title: say(words.name), dataIndex: 'displayName' },
                {
                  title: '',
                  key: 'choose',
                  render: (_, user) => (
                    <Button size="small" onClick={() => onChoose(user)}>
                      {say(words.choose)}
                    </Button>
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      )}
    </Card>
  )
}

const accountFields: Field[] = [
  { name: 'login', kind: 'text', label: words.login, required: true },
  { name: 'displayName', kind: 'text', label: words.name, required: true },
]

type NewUser = { login: string; displayName: string }

function NewAccount({ onMade }: { onMade: (user: User) => void }) {
  const { say } = useSpeech()
  const api = useApi()
  const make = useAction((user: NewUser, key) => api.post<{ userId: string }>('/users', user, key), {
    onSuccess: ({ userId }, user) => onMade({ userId, ...user }),
  })
  return (
    <Card size="small" title={say(words.newAccount)}>
      <FieldsForm
        fields={accountFields}
        submitLabel={say(words.newAccount)}
        isSubmitting={make.isPending}
        onSubmit={({ login, displayName }) => make.mutate({ login: String(login), displayName: String(displayName) })}
      />
      <ProblemAlert error={make.error} />
    </Card>
  )
}

function UserPosts({ user }: { user: User }) {
  const speech = useSpeech()
  const { say } = speech
  const api = useApi()
  const { today } = useSignedIn()
  const posts = useQuery({
    queryKey: ['posts-of', user.userId],
    queryFn: () => api.get<{ items: Assignment[] }>(`/users/${user.userId}/assignments`),
  })
  const end = useAction((assignmentId: string, key) => api.post(`/assignments/${assignmentId}/end`, { to: today }, key))
  return (
    <Card size="small" title={say(words.posts, { name: user.displayName })}>
      <ProblemAlert error={end.error} />
      <Loaded query={posts}>
        {({ items }) => (
          <div className="staff-stack">
            <DataTable<Assignment>
              rowKey="assignmentId"
              dataSource={items}
              emptyText={say(words.noPosts)}
              columns={[
                { title: say(words.role), key: 'role', render: (_, { roleTitle }) => say(roleTitle) },
                { title: say(words.body), key: 'body', render: (_, { bodyName }) => say(bodyName) },
                dayColumn(say(words.from), ({ from }) => from, speech),
                dayColumn(say(words.to), ({ to }) => to, speech),
                {
                  title: '',
                  key: 'end',
                  render: (_, { assignmentId, to }) =>
                    to === null && (
                      <Popconfirm title={say(words.sureEnd)} onConfirm={() => end.mutate(assignmentId)}>
                        <Button size="small" danger>
                          {say(words.end)}
                        </Button>
                      </Popconfirm>
                    ),
                },
              ]}
            />
            <GivePost user={user} held={items.map(({ role }) => role)} />
          </div>
        )}
      </Loaded>
    </Card>
  )
}

function GivePost({ user, held }: { user: User; held: readonly string[] }) {
  const { say } = useSpeech()
  const api = useApi()
  const { today } = useSignedIn()
  const roles = useRoles()
  const [role, setRole] = useState('')
  const [round, setRound] = useState(0)
  const institutions = useQuery({
    queryKey: ['institutions'],
    queryFn: () => api.get<{ items: Array<{ institutionId: string; name: string }> }>('/institutions'),
  })
  const give = useAction(
    (post: Record<string, unknown>, key) => api.post('/assignments', { ...post, userId: user.userId }, key),
    { onSuccess: () => setRound(round + 1) },
  )
  const codesOf = (kind: string) => roles.data?.roles.filter((each) => each.kind === kind).map(({ code }) => code) ?? []
  const fields: Field[] = [
    {
      name: 'role',
      kind: 'select',
      label: words.role,
      required: true,
      options:
        roles.data?.roles
          .filter(({ kind }) => kind !== 'employer')
          .map(({ code, title }) => ({ value: code, label: title })) ?? [],
    },
    {
      name: 'agency',
      kind: 'region',
      label: words.agencyCode,
      required: true,
      askedWhen: { field: 'role', is: codesOf('staff') },
    },
    {
      name: 'institutionId',
      kind: 'select',
      label: words.institution,
      required: true,
      options:
        institutions.data?.items.map(({ institutionId, name }) => ({
          value: institutionId,
          label: { zh: name, en: name },
        })) ?? [],
      askedWhen: { field: 'role', is: codesOf('institution') },
    },
    { name: 'from', kind: 'date', label: words.from, required: true },
    { name: 'to', kind: 'date', label: words.to },
  ]
  return (
    <Card size="small" type="inner" title={say(words.give)}>
      <FieldsForm
        key={round}
        fields={fields}
        initial={{ from: today }}
        submitLabel={say(commonWords.submit)}
        isSubmitting={give.isPending}
        onChange={(values) => setRole(String(values.role ?? ''))}
        onSubmit={(values) => give.mutate(values)}
      >
        <Exclusions role={role} held={held} />
      </FieldsForm>
      <ProblemAlert error={give.error} />
    </Card>
  )
}

/** What the chosen post excludes, and whether the user already holds such a one. */
function Exclusions({ role, held }: { role: string; held: readonly string[] }) {
  const { say } = useSpeech()
  const roles = useRoles()
  const titleOf = useRoleTitles()
  const excluded = (roles.data?.exclusivePairs ?? []).flatMap(({ first, second }) => {
    if (first === role) return [second]
    return second === role ? [first] : []
  })
  if (role === '' || excluded.length === 0) return null
  const clash = held.find((each) => excluded.includes(each))
  return (
    <Alert
      style={{ marginBottom: 16 }}
      type={clash === undefined ? 'info' : 'warning'}
      showIcon
      title={clash === undefined ? say(words.excludes) : say(words.heldClash, { held: titleOf(clash) })}
      description={excluded.map(titleOf).join('、')}
    />
  )
}

function ExclusivePairs() {
  const { say } = useSpeech()
  const roles = useRoles()
  const titleOf = useRoleTitles()
  return (
    <Card size="small" title={say(words.pairs)}>
      <Loaded query={roles}>
        {({ exclusivePairs }) => (
          <DataTable
            rowKey={({ first, second }) => `${first} ${second}`}
            dataSource={exclusivePairs}
            pagination={{ pageSize: 10 }}
            columns={[
              { title: say(words.first), key: 'first', render: (_, { first }) => titleOf(first) },
              { title: say(words.second), key: 'second', render: (_, { second }) => titleOf(second) },
              {
                title: say(words.source),
                key: 'source',
                render: (_, { source, assumed }) => `${source}${assumed ? ` · ${say(commonWords.assumed)}` : ''}`,
              },
            ]}
          />
        )}
      </Loaded>
    </Card>
  )
}
