/** Lists the rules, with the kind of each and its tests. */
@NullMarked
package dev.nommu.cli.rules;

import org.jspecify.annotations.NullMarked;
