/** Reports of results: a table, JSON, a picture. */
@NullMarked
package dev.nommu.bench.report;

import org.jspecify.annotations.NullMarked;
