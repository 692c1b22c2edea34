import { ConfigProvider, Spin, type ThemeConfig, theme } from 'antd'
import { commonWords, fetchedPart, Later, useColour, useMe, useOnPaper, useSpeech } from '../../kit/door.ts'
import { ProblemAlert } from '../../kit/staff/door.ts'
import { antdLocales } from './antd-locales.ts'
import { Shell } from './shell.tsx'
import './style.css'

// Seen once a day, and made of parts that other pages may not need.
const SignIn = fetchedPart(async () => (await import('./sign-in.tsx')).SignIn)
const ChooseAssignment = fetchedPart(async () => (await import('./choose-assignment.tsx')).ChooseAssignment)

/** Of both colour schemes: inks that keep a contrast of 4.5 on their ground (WCAG 2.2 AA), where Ant Design's own are paler. */
const colours = {
  light: {
    ...{ colorPrimary: '#0b5394', colorLink: '#0b5394', colorTextSecondary: '#4a5868' },
    ...{ colorTextTertiary: '#4a5868', colorTextDescription: '#4a5868', colorTextPlaceholder: '#5b6875' },
    ...{ colorSuccess: '#17693a', colorWarning: '#7a4b00', colorError: '#a8201a', colorInfo: '#0b5394' },
    ...{ colorSuccessBg: '#e5f4ea', colorWarningBg: '#fff3dc', colorErrorBg: '#fcebea' },
    ...{ colorInfoBg: '#e6f4ff', colorInfoBorder: '#91caff' },
  },
  dark: {
    ...{ colorPrimary: '#7db8f5', colorLink: '#8fc1f5', colorTextSecondary: '#b3bfca' },
    ...{ colorTextTertiary: '#b3bfca', colorTextDescription: '#b3bfca', colorTextPlaceholder: '#94a1ad' },
    ...{
      colorError: '#ff9b92',
      colorInfo: '#7db8f5',
      colorTextLightSolid: '#06121e',
      colorBgContainer: '#1b242d',
      colorBgBase: '#11181f',
    },
  },
}

function themeOf(isDark: boolean): ThemeConfig {
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: { ...colours[isDark ? 'dark' : 'light'], fontSize: 15, borderRadius: 4 },
    components: {
      Layout: isDark
        ? { bodyBg: '#11181f', headerBg: '#1b242d', siderBg: '#1b242d' }
        : { bodyBg: '#f2f5f8', headerBg: '#ffffff' },
      ...(isDark && { Menu: { itemSelectedColor: '#d6e9fd' } }),
      Table: { cellPaddingBlockSM: 6, cellPaddingInlineSM: 8 },
    },
  }
}

/** The staff's portal: nobody signs in, a signed-in user chooses an assignment, and sees the pages of its role. */
export function StaffPortal({ region }: { region: string }) {
  const { language } = useSpeech()
  const colour = useColour()
  const isDark = !useOnPaper() && colour.isDark
  return (
    <ConfigProvider locale={antdLocales[language]} theme={themeOf(isDark)} form={{ scrollToFirstError: true }}>
      <Entry region={region} />
    </ConfigProvider>
  )
}

function Entry({ region }: { region: string }) {
  const { say } = useSpeech()
  const { data: me, error } = useMe()
  if (error && me === undefined) return <ProblemAlert error={error} />
  if (me === undefined) return <Spin fullscreen description={say(commonWords.loading)} />
  if (me === null) {
    return (
      <Later place="sign-in" meanwhile={<Spin fullscreen description={say(commonWords.loading)} />}>
        <SignIn region={region} />
      </Later>
    )
  }
  const acting = me.assignments.find(({ assignmentId }) => assignmentId === me.acting.assignmentId)
  if (!acting) {
    return (
      <Later place="assignments" meanwhile={<Spin fullscreen description={say(commonWords.loading)} />}>
        <ChooseAssignment me={me} />
      </Later>
    )
  }
  return <Shell me={me} acting={acting} />
}
