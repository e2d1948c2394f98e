/** Reports of results: a table, JSON, a plot. */
@NullMarked
package dev.nommu.bench.report;

import org.jspecify.annotations.NullMarked;
