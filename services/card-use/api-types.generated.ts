// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * Terminals of the caller, with what each does
   */
  'GET /services/card-use/terminals': {
    answer: {
      /**
       * the clock of the node, by which a simulated terminal goes
       */
      now: string
      terminals: {
        terminalId: string
        name: string
        field: 'tourism' | 'transport' | 'medical' | 'government' | 'benefits' | 'consumption'
        paid: string[]
        free: string[]
        merchantId: string | null
      }[]
    }
  }
  /**
   * Register a terminal
   */
  'POST /services/card-use/terminals': {
    body: {
      name: string
      field: 'tourism' | 'transport' | 'medical' | 'government' | 'benefits' | 'consumption'
      agency: string
      employerId?: string
      institutionId?: string
    }
    answer: {
      terminalId: string
    }
  }
  /**
   * Cards and QR codes that a terminal read, now or while it had no connection
   */
  'POST /services/card-use/terminals/{terminalId}/taps': {
    params: {
      terminalId: string
    }
    body: {
      /**
       * @minItems 1
       * @maxItems 200
       */
      taps: [
        {
          serial: string
          medium: 'card' | 'e_card'
          token: string
          kind:
            | 'ticket'
            | 'entry'
            | 'fare'
            | 'registration'
            | 'visit'
            | 'medicine'
            | 'identification'
            | 'benefit_lookup'
            | 'purchase'
            | 'bill'
          amountFen?: number
          authentication?: 'none' | 'pin' | 'face'
          pin?: string
          tappedAt?: string
        },
        ...{
          serial: string
          medium: 'card' | 'e_card'
          token: string
          kind:
            | 'ticket'
            | 'entry'
            | 'fare'
            | 'registration'
            | 'visit'
            | 'medicine'
            | 'identification'
            | 'benefit_lookup'
            | 'purchase'
            | 'bill'
          amountFen?: number
          authentication?: 'none' | 'pin' | 'face'
          pin?: string
          tappedAt?: string
        }[]
      ]
    }
    answer: {
      results: {
        useId: string
        terminalId: string
        serial: string
        medium: string
        kind: string
        amountFen: number
        tappedAt: string
        offline: boolean
        outcome: 'accepted' | 'refused'
        /**
         * code of the sentence that tells why it was refused
         */
        reason: string | null
        clause: string | null
        ofUseId: string | null
      }[]
      /**
       * what a benefit terminal shows the holder who has proved who they are
       */
      shown: {
        accountMasked: string | null
        benefits: {
          kind: string
          from: string
          to: string | null
        }[]
      } | null
    }
  }
  /**
   * Give money back
   */
  'POST /services/card-use/terminals/{terminalId}/refunds': {
    params: {
      terminalId: string
    }
    body: {
      useId: string
      amountFen: number
      serial: string
    }
    answer: {
      useId: string
      terminalId: string
      serial: string
      medium: string
      kind: string
      amountFen: number
      tappedAt: string
      offline: boolean
      outcome: 'accepted' | 'refused'
      /**
       * code of the sentence that tells why it was refused
       */
      reason: string | null
      clause: string | null
      ofUseId: string | null
    }
  }
  /**
   * The purse of the caller, and what the card was used for
   */
  'GET /services/card-use/purse': {
    answer: {
      balanceFen: number
      pin: 'none' | 'set' | 'locked'
      uses: {
        useId: string
        terminalId: string
        serial: string
        medium: string
        kind: string
        amountFen: number
        tappedAt: string
        offline: boolean
        outcome: 'accepted' | 'refused'
        /**
         * code of the sentence that tells why it was refused
         */
        reason: string | null
        clause: string | null
        ofUseId: string | null
        terminal: string
      }[]
    }
  }
  /**
   * Load the purse from the account behind the card
   */
  'POST /services/card-use/purse/loads': {
    body: {
      amountFen: number
    }
    answer: {
      balanceFen: number
    }
  }
  /**
   * Give money of the purse back to the account
   */
  'POST /services/card-use/purse/unloads': {
    body: {
      amountFen: number
    }
    answer: {
      balanceFen: number
    }
  }
  /**
   * Set the PIN of the purse
   */
  'POST /services/card-use/purse/pin': {
    body: {
      pin: string
    }
    answer: {
      pin: 'none' | 'set' | 'locked'
    }
  }
}
