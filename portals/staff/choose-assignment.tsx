import { Button, Card, Empty, Space, Typography } from 'antd'
import { commonWords, defineWords, type Me, useSessionChanges, useSpeech } from '../../kit/door.ts'
import { ProblemAlert } from '../../kit/staff/door.ts'

const words = defineWords({
  title: { zh: '以哪个岗位办理？', en: 'Which post do you act in?' },
  none: {
    zh: '您今天没有任何岗位。请联系本机构的权限管理员。',
    en: 'You hold no post today. Ask the permission administrator of your agency.',
  },
  asResident: { zh: '以本人身份进入个人服务', en: 'Go to the residents’ pages as yourself' },
})

/** Shown to a signed-in user who does not act through an assignment: the posts they hold today, to choose from. */
export function ChooseAssignment({ me }: { me: Me }) {
  const { say } = useSpeech()
  const { actAs, signOut } = useSessionChanges()
  return (
    <main id="main" tabIndex={-1} className="staff-sign-in">
      <Typography.Title level={1}>{say(words.title)}</Typography.Title>
      <p className="staff-quiet">{me.user.displayName}</p>
      <ProblemAlert error={actAs.error} />
      <ProblemAlert error={signOut.error} />
      <Space orientation="vertical" style={{ width: '100%' }}>
        {me.assignments.length === 0 && <Empty description={say(words.none)} />}
        {me.assignments.map(({ assignmentId, roleTitle, bodyName }) => (
          <Card key={assignmentId} size="small">
            <Button type="link" onClick={() => actAs.mutate({ assignmentId })}>
              {say(roleTitle)} · {say(bodyName)}
            </Button>
          </Card>
        ))}
        {me.user.personId !== null && <a href={`/${me.region}/resident`}>{say(words.asResident)}</a>}
        <Button onClick={() => signOut.mutate()}>{say(commonWords.signOut)}</Button>
      </Space>
    </main>
  )
}
