import streamlit as st

from ui import fitting, shell
from ui.data_picker import PickedData, pick_data
from ui.export import fit_snippet
from ui.fit_charts import fit_chart, loss_chart
from ui.names import display_name
from ui.training import Training, training_for

shell.guard()

TICK = 0.2  # s; a chart is built anew at each, which takes the browser a good part
FIRST_SLICE = 0.5  # s; most fits end within it

RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
PENALTIES = ("auto", 0.0, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1.0)
ITERATIONS = (10, 30, 100, 300, 1000, 3000, 10_000)


def choose_settings() -> fitting.FitSettings:
    """Show the controls of the network and of its training."""
    width = st.slider(
        "Width (hidden units)",
        1,
        fitting.MAX_WIDTH,
        10,
        help="Each hidden unit can bend the function once.",
        key="width",
        bind="query-params",
    )
    solver = st.segmented_control(
        "Solver",
        ("auto", "gd", "adam", "lbfgs"),
        default="auto",
        required=True,
        help="gd: gradient descent on all data. adam: Adam on mini-batches. lbfgs: "
        "L-BFGS, which builds up curvature. auto: lbfgs, or adam for large data.",
        key="solver",
        bind="query-params",
        width="stretch",
    )
    left, right = st.columns(2, wrap=False)
    rated = solver in fitting.RATED_SOLVERS
    rate = left.select_slider(
        "Learning rate",
        RATES,
        0.01,
        format_func=fitting.short,
        help="Length of a step along the gradient. Too large, and training diverges.",
        disabled=not rated,
        key="rate",
        bind="query-params",
    )
    alpha = right.select_slider(
        "Penalty α",
        PENALTIES,
        "auto",
        format_func=fitting.short,
        help="Strength of the penalty on squared weights: larger is smoother. auto: in "
        "proportion to what the network leaves unexplained; none for gd.",
        key="alpha",
        bind="query-params",
    )
    if not rated:
        st.caption("L-BFGS has no learning rate: it finds its own step length.")
    left, right = st.columns(2, wrap=False)
    iterations = left.select_slider(
        "Iterations",
        ITERATIONS,
        1000,
        format_func="{:,}".format,
        help="At most so many: steps of gd and lbfgs, passes over the data of adam.",
        key="iterations",
        bind="query-params",
    )
    seed = right.number_input(
        "Seed",
        0,
        9999,
        0,
        help="Decides the split into training and test data and the start.",
        key="seed",
        bind="query-params",
    )
    return fitting.FitSettings(width, solver, rate, alpha, iterations, seed)


def show(training: Training, data: PickedData) -> None:
    """Advance the training by a slice and draw where it stands."""
    if training.tick(TICK):
        st.rerun()  # ended: without ticks from now on
    fit = training.fit
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            "Stop training", icon=":material/stop:", disabled=not fit.job.running
        ):
            fit.job.stop()
            st.rerun()
        if st.button("Watch again", icon=":material/replay:"):
            training.watch_again()
            st.rerun()
    if fit.job.error:
        st.error(fit.job.error, icon=":material/trending_up:")
    st.markdown(fitting.progress_sentence(fit))
    fit_chart(fit, data)
    loss_chart(fit)
    st.table(fitting.as_text(fitting.scores(fit)))
    unit = display_name(data.names[1])
    st.caption(
        "R²: 1 is perfect, 0 no better than the mean. RMSE: root-mean-square error, in "
        f"units of {unit}. {len(fit.train[0]):,} rows to train, {len(fit.test[0]):,} "
        "to test. The loss is the mean squared error; the penalty is not counted."
    )
    with st.expander("The joints in view, with the slopes on either side"):
        st.dataframe(fitting.joint_table(fit), width="stretch")
    with st.expander("Copy as Python"):
        st.code(fit_snippet(fit, data.code), language="python")


def start(data: PickedData, settings: fitting.FitSettings) -> None:
    """Train anew if data or settings are new, and show it, live while it runs."""
    try:
        training = training_for(st.session_state, data, settings, FIRST_SLICE)
    except ValueError as error:
        st.error(str(error))
        return
    ticks = TICK if training.fit.job.running else None
    st.fragment(show, run_every=ticks)(training, data)


st.title("Regression")
st.markdown(
    "A shallow network of one input is a broken line. Look where training puts its "
    "**joints**: at most one for each hidden unit, most of them where the data bend."
)
controls, view = st.columns((2, 5), gap="large")
with controls:
    data = pick_data(fitting.MIN_ROWS)
    settings = choose_settings()
with view:
    if data is not None:
        start(data, settings)
shell.footer(
    "Lecture 1, regression and shallow networks; S. J. D. Prince, *Understanding Deep "
    "Learning*, MIT Press 2023, chapters 2, 3 and 6."
)
