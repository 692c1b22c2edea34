/** The door of `certificates`: what a node attests on paper, how it is printed, and how anybody verifies it. Knows no service by name. */
export {
  certificatesIssued,
  getCertificate,
  type Holder,
  type IssuedCertificate,
  issueCertificate,
  type NewCertificateOfNode,
  withdrawCertificate,
} from './certificate.ts'
export { certificatesMigrations } from './migrations.ts'
export {
  type NewPaper,
  type Paper,
  type PaperValue,
  paperValueText,
  schemaPaper,
  verificationAddress,
} from './paper.ts'
export { certificatePdf, type PrintedCertificate } from './pdf.ts'
export { type Verification, verifyCertificate } from './verification.ts'
