# The figures that our tests compare, as R's packages work them out from data that comes with them.
# Each line: a name, then numbers, with tabs between.
suppressMessages({library(psych); library(survey)})

say <- function(name, ...) cat(paste(c(name, format(c(...), digits = 15)), collapse = "\t"), "\n")

data(bfi)
items <- na.omit(bfi[, c("A2", "A3", "A4", "A5", "gender")])
rated <- items[, 1:4]
for (item in names(rated)) say(paste0("ratings.", item), rated[[item]])
say("gender", items$gender)

consistent <- alpha(rated, check.keys = FALSE)
say("alpha", consistent$total$raw_alpha)
say("standardised_alpha", consistent$total$std.alpha)
say("correlation", consistent$total$average_r)
say("item_rest", consistent$item.stats$r.drop)
loadings <- as.numeric(fa(rated, nfactors = 1, fm = "minres")$loadings)
say("loadings", abs(loadings))
say("omega", sum(loadings)^2 / (sum(loadings)^2 + sum(1 - loadings^2)))

agreed <- suppressWarnings(ICC(as.matrix(rated[1:200, ]), lmer = FALSE))$results
say("icc", agreed["Single_raters_absolute", "ICC"], agreed["Average_raters_absolute", "ICC"])

# Brunner and Munzel by ranks.
x <- rated$A4[items$gender == 1]
y <- rated$A4[items$gender == 2]
n <- length(x)
m <- length(y)
both <- rank(c(x, y))
of_x <- both[seq_len(n)]
of_y <- both[n + seq_len(m)]
sx <- sum((of_x - rank(x) - mean(of_x) + (n + 1) / 2)^2) / (n - 1)
sy <- sum((of_y - rank(y) - mean(of_y) + (m + 1) / 2)^2) / (m - 1)
statistic <- n * m * (mean(of_y) - mean(of_x)) / ((n + m) * sqrt(n * sx + m * sy))
freedom <- (n * sx + m * sy)^2 / ((n * sx)^2 / (n - 1) + (m * sy)^2 / (m - 1))
say("brunner_munzel_p", 2 * pt(-abs(statistic), freedom))
u <- suppressWarnings(wilcox.test(y, x))$statistic
say("delta", 2 * u / (n * m) - 1)
say("mann_whitney_u", u)

many <- c(.001, .008, .039, .041, .042, .06, .074, .205)
say("benjamini_hochberg", p.adjust(many, "BH"))
say("wilson", prop.test(38, 251, correct = FALSE)$conf.int)

# Schools of California by kind, weighted to how many of each there are.
data(api)
there <- table(apipop$stype)
drawn <- table(apisrs$stype)
say("invited", there)
say("answered", drawn)
say("means", tapply(apisrs$api00, apisrs$stype, mean))
sample <- svydesign(ids = ~1, weights = ~1, data = apisrs)
fitted <- postStratify(sample, ~stype, as.data.frame(there, responseName = "Freq") |>
  setNames(c("stype", "Freq")))
say("weighted_mean", as.numeric(svymean(~api00, fitted)))
w <- weights(fitted)
say("design_effect", length(w) * sum(w^2) / sum(w)^2)

kinds <- as.data.frame(table(apipop$stype)) |> setNames(c("stype", "Freq"))
awards <- as.data.frame(table(apipop$awards)) |> setNames(c("awards", "Freq"))
raked <- rake(sample, list(~stype, ~awards), list(kinds, awards), control = list(maxit = 1000, epsilon = 1e-11))
say("raked", t(xtabs(weights(raked) ~ stype + awards, apisrs)))
say("table", t(table(apisrs$stype, apisrs$awards)))
say("awards", awards$Freq)
