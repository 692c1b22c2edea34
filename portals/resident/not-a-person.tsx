import { commonWords, defineWords, type Me, ProblemNote, useApi, useSessionChanges, useSpeech } from '../../kit/door.ts'

const words = defineWords({
  title: { zh: '您现在以工作身份登录', en: 'You are signed in for your work' },
  lead: { zh: '这里是个人办事页面。', en: 'These pages are for residents.' },
  asMyself: { zh: '以本人身份办事', en: 'Act as myself' },
  toStaff: { zh: '去工作页面', en: 'To the pages for staff' },
})

/** For who came here with a session that acts through an assignment: be oneself, go to work, or sign out. */
export function NotAPerson({ me }: { me: Me }) {
  const { region } = useApi()
  const { say } = useSpeech()
  const { actAs, signOut } = useSessionChanges()
  return (
    <>
      <h1>{say(words.title)}</h1>
      <p>
        {me.user.displayName} · {say(words.lead)}
      </p>
      {actAs.error && <ProblemNote error={actAs.error} />}
      {signOut.error && <ProblemNote error={signOut.error} />}
      <div className="kit-actions">
        {me.user.personId !== null && (
          <button
            type="button"
            className="kit-button kit-button-primary"
            onClick={() => actAs.mutate({ person: true })}
          >
            {say(words.asMyself)}
          </button>
        )}
        <a className="kit-button" href={`/${region}/staff`}>
          {say(words.toStaff)}
        </a>
        <button type="button" className="kit-button" onClick={() => signOut.mutate()}>
          {say(commonWords.signOut)}
        </button>
      </div>
    </>
  )
}
