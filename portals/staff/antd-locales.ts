import enUS from 'antd/es/locale/en_US.js'
import zhCN from 'antd/es/locale/zh_CN.js'
import type { Language } from '../../kit/door.ts'

/** The words of Ant Design's own parts. Node's resolution takes these modules for CommonJS, the bundler for what they are. */
export const antdLocales = {
  zh: 'default' in zhCN ? zhCN.default : zhCN,
  en: 'default' in enUS ? enUS.default : enUS,
} satisfies Record<Language, unknown>
