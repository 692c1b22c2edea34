// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * My own insurance of a year, as the registers hold it
   */
  'GET /services/insurance-statement/records': {
    query: {
      year: number
    }
    answer: {
      sums: {
        insurance: 'pension' | 'resident_pension' | 'medical' | 'unemployment' | 'work_injury'
        monthsPaid: number
        first: string | null
        last: string | null
      }[]
      months: {
        insurance: 'pension' | 'resident_pension' | 'medical' | 'unemployment' | 'work_injury'
        month: string
        baseFen: number
        paidOn: string | null
        employerName: string | null
      }[]
    }
  }
  /**
   * Issue a statement or proof of my insurance
   */
  'POST /services/insurance-statement/papers': {
    body:
      | {
          kind: 'statement'
          year: number
          purpose: string
        }
      | {
          kind: 'proof'
          purpose: string
        }
    answer: {
      certificateId: string
      code: string
    }
  }
  /**
   * Issue one at the counter, for somebody who came
   */
  'POST /services/insurance-statement/papers-at-counter': {
    body: {
      personId: string
      wanted:
        | {
            kind: 'statement'
            year: number
            purpose: string
          }
        | {
            kind: 'proof'
            purpose: string
          }
    }
    answer: {
      certificateId: string
      code: string
    }
  }
  /**
   * Ask another region where I am insured
   */
  'POST /services/insurance-statement/elsewhere': {
    body: {
      region: string
      wanted:
        | {
            kind: 'statement'
            year: number
            purpose: string
          }
        | {
            kind: 'proof'
            purpose: string
          }
    }
    answer: {
      askedId: string
    }
  }
  /**
   * What I asked other regions for
   */
  'GET /services/insurance-statement/elsewhere': {
    answer: {
      items: {
        askedId: string
        region: string
        kind: 'statement' | 'proof'
        year: number | null
        askedAt: string
        state: 'waiting' | 'issued' | 'refused'
        code: string | null
        /**
         * message code
         */
        reason: string | null
      }[]
    }
  }
  /**
   * A paper from another region as PDF
   */
  'GET /services/insurance-statement/elsewhere/{askedId}/file': {
    params: {
      askedId: string
    }
    query: {
      language: 'zh' | 'en'
      origin: string
    }
    answer: {
      name: string
      contentBase64: string
    }
  }
}
