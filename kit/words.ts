import type { BothLanguages } from './language.tsx'

/**
 * A page's own words: `const words = defineWords({ submit: { zh: '提交', en: 'Submit' } })`, said by `say(words.submit)`. Both languages stand side
 * by side, and a missing one does not compile.
 */
export function defineWords<Key extends string>(words: Record<Key, BothLanguages>): Record<Key, BothLanguages> {
  return words
}

/** A code in words; the code itself where it is not known. */
export function wordOf(
  table: Readonly<Record<string, BothLanguages>>,
  code: string,
  say: (words: BothLanguages) => string,
): string {
  const known = table[code]
  return known ? say(known) : code
}

/** Words that every portal needs. */
export const commonWords = defineWords({
  product: { zh: '通办', en: 'Tongban' },
  loading: { zh: '正在读取…', en: 'Loading…' },
  nothing: { zh: '这里还没有内容', en: 'Nothing here yet' },
  back: { zh: '返回', en: 'Back' },
  next: { zh: '下一步', en: 'Next' },
  cancel: { zh: '取消', en: 'Cancel' },
  submit: { zh: '提交', en: 'Submit' },
  print: { zh: '打印', en: 'Print' },
  confirm: { zh: '确认', en: 'Confirm' },
  close: { zh: '关闭', en: 'Close' },
  retry: { zh: '再试一次', en: 'Try again' },
  signOut: { zh: '退出登录', en: 'Sign out' },
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
  skipToContent: { zh: '跳到正文', en: 'Skip to content' },
  help: { zh: '帮助', en: 'Help' },
  callHelp: { zh: '需要帮助？拨打 12333', en: 'Need help? Call 12333' },
  dark: { zh: '深色显示', en: 'Dark colours' },
  light: { zh: '浅色显示', en: 'Light colours' },
  switchLanguage: { zh: 'English', en: '中文' },
  unreachable: { zh: '没有连上服务器', en: 'The server could not be reached' },
  unreachableAdvice: {
    zh: '请检查网络后再试一次；同一项请求不会被办理两次。',
    en: 'Check your connection and try again; the same request is never done twice.',
  },
  clause: { zh: '依据', en: 'Clause' },
  colon: { zh: '：', en: ': ' },
  whatYouCanDo: { zh: '您可以这样办', en: 'What you can do' },
  pageNotFound: { zh: '没有这个页面', en: 'There is no such page' },
  assumed: { zh: '暂定', en: 'provisional' },
})
