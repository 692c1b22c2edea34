// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * The form of a claim: what no register holds
   */
  'GET /services/unemployment-protection/form': {
    query: {
      personId?: string
    }
    answer: {
      fields: {
        name: string
        kind: 'choice' | 'date' | 'region' | 'text' | 'count' | 'money' | 'flag'
        options?: string[]
        required?: boolean
      }[]
      /**
       * where the benefit is paid; null without an account on the card
       */
      accountMasked: string | null
    }
  }
  /**
   * What the rule says to a claim now; nothing is kept
   */
  'POST /services/unemployment-protection/preview': {
    body: {
      seeksWork: boolean
      womanCategory?: 'woman_55' | 'woman_50'
      /**
       * whom an officer of the counter asks for
       */
      personId?: string
    }
    answer: {
      /**
       * a ruling as a case keeps it
       */
      ruling: {
        [k: string]: unknown
      }
      sources: {
        [k: string]: string
      }
    }
  }
}
