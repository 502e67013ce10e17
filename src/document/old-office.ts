/**
 * Office files of the old kind (DOC, XLS, PPT), which are not read but told apart: a file under such a name may be RTF, a
 * web page or of the new kind, as other programs write them. Those are read; what is left is reported with a remedy.
 */
import type { BytesExtractor } from './extractor.ts'
import { openPackage } from './office.ts'

export const oldOffice: BytesExtractor = {
  format: 'old-office',
  extensions: ['.doc', '.dot', '.xls', '.ppt'],
  takes: 'bytes',
  extract(bytes) {
    openPackage(bytes)
    return undefined
  },
}
