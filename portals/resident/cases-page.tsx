import { defineWords, Empty, Link, Loaded, useMyCases, useSpeech } from '../../kit/door.ts'
import { CaseList } from './case-list.tsx'

const words = defineWords({
  title: { zh: '我的办件', en: 'My cases' },
  open: { zh: '正在办理', en: 'Open' },
  closed: { zh: '已经办完', en: 'Finished' },
  none: { zh: '还没有办件。', en: 'You have no cases yet.' },
  apply: { zh: '去办事', en: 'See what you can apply for' },
})

/** All cases of the person, the open ones first. */
export function CasesPage() {
  const { say } = useSpeech()
  const cases = useMyCases()
  return (
    <>
      <h1>{say(words.title)}</h1>
      <Loaded query={cases}>
        {(rows) => {
          if (rows.length === 0) {
            return (
              <Empty>
                <p>{say(words.none)}</p>
                <Link to="/services" className="kit-button kit-button-primary">
                  {say(words.apply)}
                </Link>
              </Empty>
            )
          }
          const open = rows.filter(({ closedAt }) => closedAt === null)
          const closed = rows.filter(({ closedAt }) => closedAt !== null)
          return (
            <>
              {open.length > 0 && <h2>{say(words.open)}</h2>}
              <CaseList rows={open} />
              {closed.length > 0 && <h2>{say(words.closed)}</h2>}
              <CaseList rows={closed} />
            </>
          )
        }}
      </Loaded>
    </>
  )
}
