/** @file Words that stand for a value that is not there. */

/**
 * Missing in every column unless the user says otherwise: what databases, R, pandas, Excel and Weka write for no value.
 * `None`, `-`, `.` and the like are not here, because they are also answers (chest pain: None): see `missingInNumbers`.
 */
export const missingByDefault: readonly string[] = ['', 'NA', 'N/A', 'n/a', '<NA>', '#N/A', 'NaN', 'nan', 'null', 'NULL', 'Null', '?'];

/**
 * Missing in columns of numbers, dates and booleans whatever the list says, because they can mean nothing else there; values everywhere else.
 * A list alone could not tell the None of a pain from the None of a program.
 */
export const missingInNumbers: readonly string[] = ['None', 'none', '-', '--', '.', 'na', 'NAN', '-nan', '\\N', 'missing', 'Missing', '#DIV/0!', '#VALUE!', '#REF!', '#NUM!'];
