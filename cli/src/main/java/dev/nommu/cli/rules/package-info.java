/** Lists the rules, and what holds each of them. */
@NullMarked
package dev.nommu.cli.rules;

import org.jspecify.annotations.NullMarked;
