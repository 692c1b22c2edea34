import { ConfigProvider, Spin } from 'antd'
import { commonWords, useMe, useSpeech } from '../../kit/door.ts'
import { ProblemAlert } from '../../kit/staff/door.ts'
import { antdLocales } from './antd-locales.ts'
import { ChooseAssignment } from './choose-assignment.tsx'
import { Shell } from './shell.tsx'
import { SignIn } from './sign-in.tsx'
import './style.css'

const theme = {
  token: {
    colorPrimary: '#0b5394',
    colorLink: '#0b5394',
    colorTextSecondary: '#4a5868',
    fontSize: 15,
    borderRadius: 4,
  },
  components: {
    Layout: { bodyBg: '#f2f5f8', headerBg: '#ffffff' },
    Table: { cellPaddingBlockSM: 6, cellPaddingInlineSM: 8 },
  },
}

/** The staff's portal: nobody signs in, a signed-in user chooses an assignment, and sees the pages of its role. */
export function StaffPortal({ region }: { region: string }) {
  const { language } = useSpeech()
  return (
    <ConfigProvider locale={antdLocales[language]} theme={theme} form={{ scrollToFirstError: true }}>
      <Entry region={region} />
    </ConfigProvider>
  )
}

function Entry({ region }: { region: string }) {
  const { say } = useSpeech()
  const { data: me, error } = useMe()
  if (error && me === undefined) return <ProblemAlert error={error} />
  if (me === undefined) return <Spin fullscreen description={say(commonWords.loading)} />
  if (me === null) return <SignIn region={region} />
  const acting = me.assignments.find(({ assignmentId }) => assignmentId === me.acting.assignmentId)
  if (!acting) return <ChooseAssignment me={me} />
  return <Shell me={me} acting={acting} />
}
