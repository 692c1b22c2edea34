// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * The warning signs of a message; nothing of it is kept, and no word of it is answered
   */
  'POST /services/message-check/check': {
    body: {
      text: string
    }
    answer: {
      level: 'likely_fraud' | 'doubtful' | 'no_sign'
      because: string
      signs: {
        /**
         * message codes `choices.<sign>` and `signs.<sign>.why`
         */
        sign: string
        /**
         * UTF-16 offsets in the text as sent
         */
        places: {
          from: number
          to: number
        }[]
      }[]
      signsVersion: string
    }
  }
  /**
   * Report a message: its signs and sites are kept, not its words
   */
  'POST /services/message-check/reports': {
    body: {
      text: string
    }
    answer: {
      level: 'likely_fraud' | 'doubtful' | 'no_sign'
      signs: string[]
      hosts: string[]
    }
  }
  /**
   * What was reported in the last days
   */
  'GET /services/message-check/reports': {
    query: {
      days?: number
    }
    answer: {
      messages: number
      signs: {
        what: string
        count: number
      }[]
      hosts: {
        what: string
        count: number
      }[]
    }
  }
}
