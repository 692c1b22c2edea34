// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * What the rule says to a transfer now; nothing is kept
   */
  'POST /services/pension-transfer/preview': {
    body: {
      fromRegion: string
      overlapAgreed: boolean
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
