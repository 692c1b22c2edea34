import { SecurityPart, securityWords, useSpeech } from '../../kit/door.ts'
import { StaffPage } from '../../kit/staff/door.ts'

/** How an officer signs in. */
export function SecurityPage() {
  const { say } = useSpeech()
  return (
    <StaffPage title={say(securityWords.title)} summary={say(securityWords.help)}>
      <SecurityPart />
    </StaffPage>
  )
}
