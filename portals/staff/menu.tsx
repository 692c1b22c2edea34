import { useState } from 'react'
import { type BothLanguages, Link, useSpeech } from '../../kit/door.ts'

/** A page that the menu leads to. */
export type MenuPage = { path: string; title: BothLanguages }

/** Pages that belong together by what people do with them. */
export type MenuGroup = { key: string; title: BothLanguages; pages: readonly MenuPage[] }

/** So many pages may stand open at once; with more, only the group of the current page and the first are open at first. */
const openPagesMax = 12

/** The pages of a role in groups that fold; the current page is marked, and its group is open. */
export function StaffMenu({ groups, path }: { groups: readonly MenuGroup[]; path: string }) {
  const { say } = useSpeech()
  const [turned, setTurned] = useState<ReadonlyMap<string, boolean>>(new Map())
  const count = groups.reduce((sum, { pages }) => sum + pages.length, 0)
  return (
    <div className="staff-menu">
      {groups.map(({ key, title, pages }, index) => {
        const isCurrent = pages.some((page) => page.path === path)
        const isOpen = turned.get(key) ?? (isCurrent || index === 0 || count <= openPagesMax)
        return (
          <details
            key={key}
            open={isOpen}
            onToggle={({ currentTarget }) => {
              if (currentTarget.open !== isOpen) setTurned(new Map(turned).set(key, currentTarget.open))
            }}
          >
            <summary>
              {say(title)} <span className="staff-quiet">{pages.length}</span>
            </summary>
            <ul>
              {pages.map((page) => (
                <li key={page.path}>
                  <Link to={page.path} aria-current={page.path === path ? 'page' : undefined}>
                    {say(page.title)}
                  </Link>
                </li>
              ))}
            </ul>
          </details>
        )
      })}
    </div>
  )
}
