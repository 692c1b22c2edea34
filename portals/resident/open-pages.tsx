import { Link, useSpeech } from '../../kit/door.ts'
import { servicePages } from './service-parts.ts'

/** The pages of services that are open to everybody, for who has not signed in. */
export function OpenPages() {
  const { say } = useSpeech()
  return servicePages
    .filter(({ withoutSignIn }) => withoutSignIn)
    .map(({ id, path, title }) => (
      <p key={id}>
        <Link to={path}>{say(title)}</Link>
      </p>
    ))
}
