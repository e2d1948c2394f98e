/** How results are told: as a table, as JSON, as a picture. */
@NullMarked
package dev.nommu.bench.report;

import org.jspecify.annotations.NullMarked;
