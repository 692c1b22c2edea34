// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * What the rule says to a request now, and what would be brought; nothing is kept
   */
  'POST /services/home-visits/preview': {
    body: {
      reason: 'very_old' | 'seriously_ill' | 'limited_mobility' | 'no_time'
      matter:
        | 'card_new'
        | 'card_exchange'
        | 'card_replacement'
        | 'card_activation'
        | 'card_data'
        | 'benefit_authentication'
        | 'other_matter'
      place: string
      wish?: string
      evidenceShown?: boolean
      personId?: string
      idNumber?: string
      name?: string
    }
    answer: {
      plan: {
        terminal: boolean
        authenticator: boolean
        cardMaker: boolean
        withinWorkingDays: number
      }
      /**
       * a ruling as a case keeps it
       */
      ruling: {
        [k: string]: unknown
      }
    }
  }
  /**
   * The teams and their kit
   */
  'GET /services/home-visits/teams': {
    answer: {
      teams: {
        teamId: string
        agency: string
        name: string
        terminals: number
        authenticators: number
        cardMakers: number
      }[]
    }
  }
  /**
   * Register a team with its kit
   */
  'POST /services/home-visits/teams': {
    body: {
      agency: string
      name: string
      terminals: number
      authenticators: number
      cardMakers: number
    }
    answer: {
      teamId: string
    }
  }
  /**
   * A team's visits of a day, in the order of the day
   */
  'GET /services/home-visits/route': {
    query: {
      teamId: string
      on: string
    }
    answer: {
      stops: {
        caseId: string
        number: string
        status: string
        /**
         * where the case stands, for the step that records the visit
         */
        seq: number
        personId: string
        name: string
        slot: 'morning' | 'afternoon' | 'evening'
        place: string
        wish: string
        why: string | null
        matter: string | null
        plan: {
          terminal: boolean
          authenticator: boolean
          cardMaker: boolean
          withinWorkingDays: number
        } | null
      }[]
    }
  }
  /**
   * Record that somebody cannot easily come
   */
  'POST /services/home-visits/needs': {
    body: {
      personId: string
      reason: 'seriously_ill' | 'limited_mobility'
      evidence: string
      to?: string
    }
    answer: {
      personId: string
    }
  }
  /**
   * Who is recorded as not able to come, of one person or of the agency
   */
  'GET /services/home-visits/needs': {
    query: {
      personId?: string
    }
    answer: {
      items: {
        needId: string
        personId: string
        name: string
        reason: 'seriously_ill' | 'limited_mobility'
        evidence: string
        from: string
        to: string | null
      }[]
    }
  }
}
