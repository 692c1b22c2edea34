import { Button, Result } from 'antd'
import { commonWords, defineWords, go, usePlace, useSessionChanges, useSignedIn, useSpeech } from '../../kit/door.ts'
import { ProblemAlert } from '../../kit/staff/door.ts'
import { rolesOf } from './pages.tsx'
import { useRoleTitles } from './roles.ts'

const words = defineWords({
  refused: { zh: '这个岗位不能看这个页面', en: 'Your post may not see this page' },
  who: { zh: '可以看的岗位：{posts}', en: 'Posts that may: {posts}' },
  and: { zh: '、', en: ', ' },
  ask: {
    zh: '需要时，请这些岗位的同事办理，或请管理岗位的人员为您设置。',
    en: 'Ask a colleague of one of these posts, or whoever keeps the posts.',
  },
  switch: { zh: '换到“{post}”', en: 'Act as: {post}' },
})

/** Shown where an address leads nowhere for this post: that it is another post's page, whose, and how one comes to it; or that there is no such page. */
export function PageNotFound() {
  const { say } = useSpeech()
  const { path } = usePlace()
  const { assignments } = useSignedIn()
  const { actAs } = useSessionChanges()
  const roleTitle = useRoleTitles()
  const roles = rolesOf(path)
  const back = (
    <Button key="back" onClick={() => go('/')}>
      {say(commonWords.back)}
    </Button>
  )
  if (roles.length === 0) return <Result status="404" title={say(commonWords.pageNotFound)} extra={back} />
  const mine = assignments.filter(({ role }) => roles.includes(role))
  const posts = [...new Set(roles.map(roleTitle))].join(say(words.and))
  return (
    <Result
      status="403"
      title={say(words.refused)}
      subTitle={
        <>
          <div>{say(words.who, { posts })}</div>
          {mine.length === 0 && <div>{say(words.ask)}</div>}
          <ProblemAlert error={actAs.error} />
        </>
      }
      extra={[
        ...mine.map(({ assignmentId, roleTitle: title, bodyName }) => (
          <Button
            key={assignmentId}
            type="primary"
            loading={actAs.isPending}
            onClick={() => actAs.mutate({ assignmentId })}
          >
            {say(words.switch, { post: `${say(title)} · ${say(bodyName)}` })}
          </Button>
        )),
        back,
      ]}
    />
  )
}
