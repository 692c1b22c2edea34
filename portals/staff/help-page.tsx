import { Card } from 'antd'
import { defineWords, Link, useOfferedServices, useSignedIn, useSpeech } from '../../kit/door.ts'
import { StaffPage } from '../../kit/staff/door.ts'
import { helpOfPages, helpOfWork } from './help-content.ts'
import { menuOf, offeredAt } from './pages.tsx'

const words = defineWords({
  title: { zh: '帮助', en: 'Help' },
  pages: { zh: '本岗位的页面是做什么的', en: 'What the pages of your post are for' },
  work: { zh: '怎样用', en: 'How to work with them' },
})

/** What each page of the acting post is for, and how to work with them, in plain words. */
export function HelpPage() {
  const { say } = useSpeech()
  const { acting, region } = useSignedIn()
  const { data: services } = useOfferedServices()
  const offered = services && offeredAt(region, services)
  const menu = menuOf(acting.role, offered, (service) => services?.find(({ id }) => id === service)?.title)
  return (
    <StaffPage title={say(words.title)}>
      <Card size="small" title={say(words.work)}>
        <dl>
          {helpOfWork.map(({ title, text }) => (
            <div key={title.zh}>
              <dt>
                <strong>{say(title)}</strong>
              </dt>
              <dd>{say(text)}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <h2>{say(words.pages)}</h2>
      {menu.map(({ key, title, pages }) => (
        <Card key={key} size="small" title={say(title)}>
          <ul className="staff-help">
            {pages.map(({ path, title: name }) => {
              const text = helpOfPages[path]
              return (
                <li key={path}>
                  <Link to={path}>{say(name)}</Link>
                  {text && <div className="staff-quiet">{say(text)}</div>}
                </li>
              )
            })}
          </ul>
        </Card>
      ))}
    </StaffPage>
  )
}
